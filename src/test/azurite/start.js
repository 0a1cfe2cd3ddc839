// Starts the table service of Azurite, and ends it when whoever started it is gone and standard input closes.
process.stdin.on("end", () => process.exit(0)).resume();
require(process.cwd() + "/node_modules/azurite/dist/src/table/main.js");
