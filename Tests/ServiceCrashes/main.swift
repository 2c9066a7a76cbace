import Foundation

exit(runServiceCrashes(Array(CommandLine.arguments.dropFirst())))
