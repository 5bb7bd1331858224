using System.Text;
using CxrLab.Notebooks.Formatting;

namespace CxrLab.Notebooks.Exporting.Formulas;

/// <summary>
/// LaTeX formulas as MathML, which browsers draw without fonts or scripts of ours. The subset is that of lecture notes: fractions,
/// roots, indices, sums with limits, accents, alphabets, delimiters that grow, matrices and cases. What isn't known is an error that
/// names the command, never a formula with a hole.
/// </summary>
internal sealed class MathMl
{
    private readonly LatexReader reader;
    private readonly bool display;
    private string variant = "";

    private MathMl(string latex, bool display) => (reader, this.display) = (new LatexReader(latex), display);

    /// <param name="latex">The formula without its dollar signs.</param>
    /// <param name="display">A line of its own, with limits above and below.</param>
    /// <exception cref="FormulaException">A command isn't known, or a brace is missing.</exception>
    public static string Of(string latex, bool display)
    {
        var formula = new MathMl(latex.Trim(), display);
        string body = formula.Row("");
        // The source stands beside it for readers that copy or hear it.
        string source = $"<annotation encoding=\"application/x-tex\">{Html.Encode(latex.Trim())}</annotation>";
        return $"<math{(display ? " display=\"block\"" : "")}><semantics><mrow>{body}</mrow>{source}</semantics></math>";
    }

    /// <summary>Everything up to one of the tokens, which stays unread; <c>""</c> is the end of the formula.</summary>
    private string Row(params ReadOnlySpan<string> ends)
    {
        var row = new StringBuilder();
        while (!ends.Contains(reader.Peek))
        {
            if (reader.Peek is "") throw new FormulaException($"'{ends[0]}' is missing");
            if (reader.Peek is "}" or "\\right" or "\\end" or "&") throw new FormulaException($"'{reader.Peek}' comes without its beginning");
            row.Append(WithIndices());
        }
        return row.ToString();
    }

    /// <summary>One thing and the indices and primes behind it.</summary>
    private string WithIndices()
    {
        Item item = reader.Peek is "_" or "^" ? new Item("<mrow></mrow>") : Atom();
        string? below = null, above = null;
        while (reader.Peek is "_" or "^" or "'" or "\\limits" or "\\nolimits")
        {
            switch (reader.Next())
            {
                case "_": below = below is null ? Argument("_") : throw new FormulaException("a thing has two lower indices; use braces"); break;
                case "^": above = above + Argument("^"); break;
                case "'": above = above + "<mo>′</mo>"; break;
                case "\\limits": item = item with { Limits = true }; break;
                default: item = item with { Limits = false }; break;
            }
        }
        // A function without parentheses needs a gap before its argument: log p.
        string gap = item.IsFunction && reader.Peek is not ("" or "(" or "[" or "\\left" or "\\bigl" or "\\Bigl" or "\\," or "}" or "&" or "=") ? Space(",").Markup : "";
        if (below is null && above is null) return item.Markup + gap;
        above = above is null ? null : $"<mrow>{above}</mrow>";
        string name = (item.Limits, below, above) switch
        {
            (true, not null, not null) => "munderover",
            (true, not null, null) => "munder",
            (true, null, _) => "mover",
            (false, not null, not null) => "msubsup",
            (false, not null, null) => "msub",
            _ => "msup",
        };
        return $"<{name}>{item.Markup}{below}{above}</{name}>{gap}";
    }

    /// <summary>What a command or an index takes: a group in braces, or one token.</summary>
    private string Argument(string command)
    {
        if (reader.Peek is "" or "}" or "&" or "_" or "^") throw new FormulaException($"'{command}' needs something behind it");
        if (char.IsAsciiDigit(reader.Peek[0])) return $"<mrow><mn>{Alphabet.Write(reader.NextDigit(), variant)}</mn></mrow>";
        return $"<mrow>{Atom().Markup}</mrow>";
    }

    private Item Atom()
    {
        string token = reader.Next();
        if (token == "{")
        {
            string row = Row("}");
            reader.Next();
            return new Item($"<mrow>{row}</mrow>");
        }
        if (token[0] == '\\') return Command(token);
        if (char.IsAsciiDigit(token[0])) return new Item($"<mn>{Alphabet.Write(token, variant)}</mn>");
        if (char.IsLetter(token, 0)) return Identifier(token);
        return token switch
        {
            "-" => new Item("<mo>−</mo>"),
            "*" => new Item("<mo>∗</mo>"),
            "~" => Space("~"),
            "(" or ")" or "[" or "]" or "|" => new Item($"<mo stretchy=\"false\">{token}</mo>"),
            "," or ";" => new Item($"<mo separator=\"true\">{token}</mo>"),
            _ => new Item($"<mo>{Html.Encode(token)}</mo>"),
        };
    }

    private Item Identifier(string letter) => variant switch
    {
        "" or "italic" => new Item($"<mi>{letter}</mi>"),
        "normal" => new Item($"<mi mathvariant=\"normal\">{letter}</mi>"),
        _ => new Item($"<mi mathvariant=\"normal\">{Alphabet.Write(letter, variant)}</mi>"),
    };

    private Item Command(string token)
    {
        string name = token[1..];
        if (Symbols.Letters.TryGetValue(name, out string? letter)) return Identifier(letter);
        if (Symbols.Upright.TryGetValue(name, out string? sign)) return new Item($"<mi mathvariant=\"normal\">{Html.Encode(Alphabet.Write(sign, variant))}</mi>");
        if (Symbols.Operators.TryGetValue(name, out string? sign2)) return new Item($"<mo stretchy=\"false\">{Html.Encode(sign2)}</mo>");
        if (Symbols.Large.TryGetValue(name, out string? large)) return new Item($"<mo>{large}</mo>", display && name is not ("int" or "iint" or "oint"));
        if (Symbols.Functions.TryGetValue(name, out bool limits)) return Function(name, limits);
        if (Symbols.Accents.TryGetValue(name, out string? accent)) return new Item($"<mover accent=\"true\">{Argument(token)}<mo stretchy=\"false\">{accent}</mo></mover>");
        if (Symbols.WideAccents.TryGetValue(name, out string? wide)) return new Item($"<mover accent=\"true\">{Argument(token)}<mo stretchy=\"true\">{wide}</mo></mover>");
        if (name == " ") return Space("~");
        if (Symbols.Spaces.ContainsKey(name)) return Space(name);
        if (Symbols.Alphabets.TryGetValue(name, out string? alphabet)) return InAlphabet(token, alphabet);
        return Structure(token, name);
    }

    private Item Structure(string token, string name) => name switch
    {
        "frac" or "tfrac" or "dfrac" => new Item($"<mfrac>{Argument(token)}{Argument(token)}</mfrac>"),
        "binom" => new Item($"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument(token)}{Argument(token)}</mfrac><mo>)</mo></mrow>"),
        "sqrt" => Root(token),
        "text" or "textrm" or "textit" or "textbf" or "mbox" => new Item($"<mtext>{Html.Encode(reader.RawGroup(token)).Replace(' ', '\u00A0')}</mtext>"),
        "operatorname" or "operatorname*" => Function(reader.RawGroup(token).Replace("\\,", "\u2009", StringComparison.Ordinal), name[^1] == '*'),
        "overset" or "stackrel" => Over(Argument(token), Argument(token)),
        "underset" => Under(Argument(token), Argument(token)),
        "underbrace" => new Item($"<munder>{Argument(token)}<mo>⏟</mo></munder>", Limits: true),
        "overbrace" => new Item($"<mover>{Argument(token)}<mo>⏞</mo></mover>", Limits: true),
        "left" => Delimited(),
        "big" or "Big" or "bigg" or "Bigg" or "bigl" or "bigr" or "Bigl" or "Bigr" => new Item(Delimiter(reader.Next(), stretches: true)),
        "begin" => new MatrixReader(this, reader).Read(),
        "displaystyle" or "textstyle" => new Item(""),
        _ => throw new FormulaException($"the command \\{name} isn't known; write it another way, or add it to Symbols.cs"),
    };

    private Item Function(string name, bool limits) => new($"<mi mathvariant=\"normal\">{Html.Encode(name)}</mi>", limits && display, IsFunction: true);

    private static Item Space(string name) => new($"<mspace width=\"{Symbols.Spaces[name]}\"></mspace>");

    private static Item Over(string above, string what) => new($"<mover>{what}{above}</mover>");

    private static Item Under(string below, string what) => new($"<munder>{what}{below}</munder>");

    private Item InAlphabet(string token, string alphabet)
    {
        // A word in upright letters is one name, not a product of letters.
        if (alphabet == "normal" && reader.Peek == "{")
        {
            string word = reader.RawGroup(token);
            if (word.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-')) return new Item($"<mi mathvariant=\"normal\">{Html.Encode(word)}</mi>");
            throw new FormulaException($"\\mathrm takes letters only; it has '{word}'");
        }
        (string outer, variant) = (variant, alphabet);
        string markup = Argument(token);
        variant = outer;
        return new Item(markup);
    }

    private Item Root(string token)
    {
        if (!reader.Skip("[")) return new Item($"<msqrt>{Argument(token)}</msqrt>");
        string degree = Row("]");
        reader.Next();
        return new Item($"<mroot>{Argument(token)}<mrow>{degree}</mrow></mroot>");
    }

    private Item Delimited()
    {
        string open = Delimiter(reader.Next(), stretches: true);
        var inner = new StringBuilder();
        while (true)
        {
            inner.Append(Row("\\right", "\\middle"));
            if (reader.Next() == "\\right") break;
            inner.Append(Delimiter(reader.Next(), stretches: true));
        }
        return new Item($"<mrow>{open}{inner}{Delimiter(reader.Next(), stretches: true)}</mrow>");
    }

    private static string Delimiter(string token, bool stretches)
    {
        if (token == ".") return "";
        string? sign = token.Length == 1 ? token : token.Length > 1 ? Symbols.Operators.GetValueOrDefault(token[1..]) : null;
        return sign is null
            ? throw new FormulaException($"'{token}' is no delimiter; after \\left and \\right comes ( ) [ ] \\{{ \\}} | or .")
            : $"<mo stretchy=\"{(stretches ? "true" : "false")}\">{Html.Encode(sign)}</mo>";
    }

    /// <param name="Markup">One MathML element.</param>
    /// <param name="Limits">Its indices stand above and below.</param>
    /// <param name="IsFunction">A function's name, such as log.</param>
    private sealed record Item(string Markup, bool Limits = false, bool IsFunction = false);

    /// <summary>Matrices, cases and aligned lines: rows split by <c>\\</c>, columns by <c>&amp;</c>.</summary>
    private sealed class MatrixReader(MathMl formula, LatexReader reader)
    {
        public Item Read()
        {
            string kind = reader.RawGroup("\\begin");
            (string open, string close, string align) = kind switch
            {
                "matrix" => ("", "", "center"),
                "pmatrix" => ("(", ")", "center"),
                "bmatrix" => ("[", "]", "center"),
                "vmatrix" => ("|", "|", "center"),
                "cases" => ("{", "", "left"),
                "aligned" or "align" or "align*" or "split" or "gathered" => ("", "", "aligned"),
                _ => throw new FormulaException($"\\begin{{{kind}}} isn't known; there are matrix, pmatrix, bmatrix, vmatrix, cases, aligned, split, gathered"),
            };
            string rows = Rows();
            string end = reader.RawGroup("\\end");
            if (end != kind) throw new FormulaException($"\\begin{{{kind}}} is closed by \\end{{{end}}}");
            string Fence(string sign) => sign.Length == 0 ? "" : $"<mo stretchy=\"true\">{sign}</mo>";
            return new Item($"<mrow>{Fence(open)}<mtable class=\"{align}\"{(align == "aligned" ? " displaystyle=\"true\"" : "")}>{rows}</mtable>{Fence(close)}</mrow>");
        }

        private string Rows()
        {
            var table = new StringBuilder("<mtr>");
            while (true)
            {
                table.Append("<mtd>").Append(formula.Row("&", "\\\\", "\\end")).Append("</mtd>");
                string end = reader.Next();
                bool last = end == "\\end" || (end == "\\\\" && reader.Skip("\\end"));
                if (last) return table.Append("</mtr>").ToString();
                if (end == "\\\\") table.Append("</mtr><mtr>");
            }
        }
    }
}
