// validates the documents named: each as the version of OpenAPI that it says it is
import SwaggerParser from "@apidevtools/swagger-parser";

for (const file of process.argv.slice(2)) {
  const document = await SwaggerParser.validate(file);
  console.log(`${document.openapi ?? document.swagger} ${Object.keys(document.paths).length}`);
}
