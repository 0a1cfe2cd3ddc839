// Reads {"tables": {name: schema}, "queries": [text]} and prints of each query, a line of JSON each, what the analyser of Kusto makes of
// it: its words without comments and, unless "only" is "words", what it finds wrong and the tables and columns of tables that it asks.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
const { Language } = globalThis.Kusto;
const { Symbols, Syntax, GlobalState, KustoCode, KustoFacts } = Language;
const input = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tables = Object.entries(input.tables).map(([name, schema]) => Symbols.TableSymbol.From(schema).WithName(name));
const columns = new Set(tables.flatMap(table => Array.from({ length: table.Columns.Count }, (_, i) => table.Columns.getItem(i))));
const database = new Symbols.DatabaseSymbol.$ctor1('workspace', tables, false);
const globals = GlobalState.Default.WithDatabase(database);

// a text with what it says, any other word as it is written
function word(token) {
    return token.Kind === Syntax.SyntaxKind.StringLiteralToken
        ? { text: KustoFacts.GetStringLiteralValue(token.Text) }
        : { word: token.Text };
}

function asked(code) {
    const found = { tables: new Set(), columns: new Set() };
    Syntax.SyntaxElement.WalkNodes(code.Syntax, node => {
        const symbol = node.ReferencedSymbol;
        if (symbol instanceof Symbols.TableSymbol && tables.includes(symbol)) found.tables.add(symbol.Name);
        if (symbol instanceof Symbols.ColumnSymbol && columns.has(symbol)) found.columns.add(symbol.Name);
    });
    return { tables: [...found.tables].sort(), columns: [...found.columns].sort() };
}

for (const query of input.queries) {
    const whole = input.only !== 'words';
    const code = whole ? KustoCode.ParseAndAnalyze(query, globals) : KustoCode.Parse(query, globals);
    const found = code.GetDiagnostics();
    const wrong = [];
    for (let i = 0; i < found.Count; i++) wrong.push(found.getItem(i).Severity + ': ' + found.getItem(i).Message);
    const words = code.GetLexicalTokens().filter(token => token.Text !== '').map(word);
    console.log(JSON.stringify({ wrong, words, ...(whole ? asked(code) : {}) }));
}
