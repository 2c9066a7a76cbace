import CDisk
import Simulation

/// A disk that a log is played on: what is on it for certain, and what a power cut may lose.
///
/// It keeps less than any real disk has to: of what was not synced each sector of 512 bytes, each
/// cut of a file and each change of a name may be lost by itself, and the last sector may be torn.
struct Disk {
  private enum Change {
    case write(at: Int, bytes: Range<Int>)
    case truncate(to: Int)
  }

  private struct File {
    var certain: [UInt8] = []
    var uncertain: [Change] = []
  }

  private static let sectorBytes = 512

  private let log: DiskLog
  private var files: [Int: File] = [:]
  private var names: [String: Int] = [:]
  private var uncertainNames: [(name: String, file: Int?)] = []
  private var isFolderCertain = true
  /// Files by the names they have while the power is on.
  private var visible: [String: Int] = [:]
  /// The file that was found under a number when a program began.
  private var found: [Int: Int] = [:]
  /// Numbers count anew for each program.
  private var programs = 0
  /// Marks that the program made, after the first.
  private(set) var lastMark = 0

  /// An empty disk.
  init(_ log: DiskLog) { self.log = log }

  /// Does what the log tells next.
  ///
  /// - Throws: `CrashProblem.unreadable` for what the log can not tell.
  mutating func play(_ event: DiskLog.Event) throws(CrashProblem) {
    let number = programs << 16 + event.file
    let place = found[number] ?? number
    switch event.kind {
    case DISK_CREATED:
      files[place] = File()
      visible[log.text(event)] = place
      uncertainNames.append((log.text(event), place))
    case DISK_FOUND: found[number] = visible[log.text(event)]
    case DISK_WROTE:
      files[place]?.uncertain.append(.write(at: event.number, bytes: event.bytes))
    case DISK_TRUNCATED: files[place]?.uncertain.append(.truncate(to: event.number))
    case DISK_SYNCED:
      guard var file = files.removeValue(forKey: place) else { return }
      for change in file.uncertain { apply(change, to: &file.certain) }
      file.uncertain = []
      files[place] = file
    case DISK_SYNC_FAILED:
      // The system may have dropped what it could not write, and will not try again.
      var random = SimulationRandom(seed: UInt64(event.bytes.lowerBound))
      guard var file = files.removeValue(forKey: place) else { return }
      keepSome(of: &file, eighths: 4, &random)
      files[place] = file
    case DISK_UNLINKED:
      visible[log.text(event)] = nil
      uncertainNames.append((log.text(event), nil))
    case DISK_NAMES_SYNCED:
      for (name, file) in uncertainNames { names[name] = file }
      uncertainNames = []
    case DISK_FOLDER_MADE: isFolderCertain = false
    case DISK_FOLDER_SYNCED: isFolderCertain = true
    case DISK_MARK where event.number == 0: programs += 1
    case DISK_MARK: lastMark = event.number
    default: throw .unreadable("the log tells of \(log.text(event)), which is not understood")
    }
  }

  /// What is found after the power was cut now: the bytes of each file by name; nil when even the
  /// folder is gone.
  func afterPowerCut(_ random: inout SimulationRandom) -> [String: [UInt8]]? {
    if !isFolderCertain, random.happens(onceIn: 2) { return nil }
    let eighths = Int(random.number(0...8))
    var names = names
    for (name, file) in uncertainNames where random.number(0...7) < eighths { names[name] = file }
    var found: [String: [UInt8]] = [:]
    for (name, number) in names.sorted(by: { $0.key < $1.key }) {
      guard var file = files[number] else { continue }
      if name.hasSuffix("-shm") {
        // Memory that was shared; a disk may hold anything in its place.
        if random.happens(onceIn: 2) { continue }
        found[name] = (0..<32_768).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        continue
      }
      if random.happens(onceIn: 4) {
        keepFirst(of: &file, &random)
      } else {
        keepSome(of: &file, eighths: eighths, &random)
      }
      found[name] = file.certain
    }
    return found
  }

  /// Keeps uncertain changes up to one of them, and a part of that one.
  private func keepFirst(of file: inout File, _ random: inout SimulationRandom) {
    let count = Int(random.number(0...Int64(file.uncertain.count)))
    for change in file.uncertain.prefix(count) { apply(change, to: &file.certain) }
    if count < file.uncertain.count, case .write(let start, let bytes) = file.uncertain[count] {
      let part = bytes.prefix(Int(random.number(0...Int64(bytes.count))))
      apply(.write(at: start, bytes: part), to: &file.certain)
    }
    file.uncertain = []
  }

  /// Keeps some of the uncertain changes, sector by sector; one sector may be torn.
  private func keepSome(of file: inout File, eighths: Int, _ random: inout SimulationRandom) {
    let torn = Int(random.number(0...40))
    for (place, change) in file.uncertain.enumerated() {
      guard case .write(let start, let bytes) = change else {
        if random.number(0...7) < eighths { apply(change, to: &file.certain) }
        continue
      }
      var offset = start
      while offset < start + bytes.count {
        let next = min(
          start + bytes.count, (offset / Self.sectorBytes + 1) * Self.sectorBytes)
        let from = bytes.lowerBound + offset - start
        let isKept = random.number(0...7) < eighths
        let size = place == torn ? Int(random.number(0...Int64(next - offset))) : next - offset
        if isKept { apply(.write(at: offset, bytes: from..<from + size), to: &file.certain) }
        offset = next
      }
    }
    file.uncertain = []
  }

  private func apply(_ change: Change, to bytes: inout [UInt8]) {
    switch change {
    case .truncate(let length):
      if length < bytes.count {
        bytes.removeLast(bytes.count - length)
      } else {
        bytes.append(contentsOf: repeatElement(0, count: length - bytes.count))
      }
    case .write(let start, let range):
      guard !range.isEmpty else { return }
      let end = start + range.count
      if end > bytes.count {
        bytes.append(contentsOf: repeatElement(0, count: end - bytes.count))
      }
      bytes.withUnsafeMutableBytes { target in
        log.bytes.withUnsafeBytes { source in
          target[start..<end].copyBytes(from: source[range])
        }
      }
    }
  }
}

/// `prefix` of a range of places.
extension Range<Int> {
  fileprivate func prefix(_ count: Int) -> Range<Int> { lowerBound..<lowerBound + count }
}
