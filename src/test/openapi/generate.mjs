// generates a client from document.json into client/
import { generate } from "openapi-typescript-codegen";

await generate({ input: "document.json", output: "client", httpClient: "fetch", useOptions: true, useUnionTypes: true });
