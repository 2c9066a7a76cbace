import Service

runServerAndExit()
