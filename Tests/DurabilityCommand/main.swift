import Foundation

exit(runDurability(Array(CommandLine.arguments.dropFirst())))
