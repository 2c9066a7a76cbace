import Foundation

exit(runSimulations(Array(CommandLine.arguments.dropFirst())))
