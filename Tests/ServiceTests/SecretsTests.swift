import Testing

@testable import Service

@Suite("what is secret, and what only tells things apart") struct SecretsTests {
  @Test("ids are told apart, however many are asked for")
  func ids() throws {
    var ids = Set<String>()
    for _ in 0..<600 { ids.insert(try Secrets.randomID(16)) }
    #expect(ids.count == 600)
    #expect(ids.allSatisfy { $0.utf8.count == 32 })
  }

  @Test("the SHA-256 of the empty text and of abc, as FIPS 180-2 has them")
  func digests() {
    #expect(
      hexadecimal(Secrets.digest([UInt8]()))
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hexadecimal(Secrets.digest(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
