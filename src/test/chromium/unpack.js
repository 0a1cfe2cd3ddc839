// Unpacks Chromium, the libraries that it needs on a bare machine and its fonts into the folder for temporary files, which
// the caller sets; prints the path of the program. The package takes the libraries only where it believes to run on this:
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs22.x";
const { default: chromium } = await import("@sparticuz/chromium");
console.log(await chromium.executablePath());
