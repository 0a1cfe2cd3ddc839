// Reads {"tables": {name: schema}, "queries": [text]} and prints, of each query, what the analyser of Kusto finds wrong.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { Language } = globalThis.Kusto;
const { Symbols, GlobalState, KustoCode } = Language;
const input = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tables = Object.entries(input.tables).map(([name, schema]) => Symbols.TableSymbol.From(schema).WithName(name));
const database = new Symbols.DatabaseSymbol.$ctor1('workspace', tables, false);
const globals = GlobalState.Default.WithDatabase(database);
for (const query of input.queries) {
    const code = KustoCode.ParseAndAnalyze(query, globals);
    const found = code.GetDiagnostics();
    const words = [];
    for (let i = 0; i < found.Count; i++) words.push(found.getItem(i).Severity + ': ' + found.getItem(i).Message);
    console.log(JSON.stringify(words));
}
