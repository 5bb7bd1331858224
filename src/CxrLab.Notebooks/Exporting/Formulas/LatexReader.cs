namespace CxrLab.Notebooks.Exporting.Formulas;

/// <summary>Cuts LaTeX into tokens: a command with its backslash, one character, or blank space (which math ignores) left out.</summary>
/// <param name="source">The formula without its dollar signs.</param>
internal sealed class LatexReader(string source)
{
    private int position;

    /// <summary>The next token without taking it; empty at the end.</summary>
    public string Peek
    {
        get
        {
            int before = position;
            string token = Next();
            position = before;
            return token;
        }
    }

    /// <summary>The next token: <c>\frac</c>, <c>\,</c>, <c>{</c>, <c>x</c>, a number such as <c>0.5</c>; empty at the end.</summary>
    public string Next()
    {
        while (position < source.Length && char.IsWhiteSpace(source[position])) position++;
        if (position >= source.Length) return "";
        int start = position++;
        if (source[start] == '\\') TakeCommand();
        else if (char.IsAsciiDigit(source[start])) TakeNumber();
        else if (char.IsHighSurrogate(source[start]) && position < source.Length) position++;
        return source[start..position];
    }

    /// <summary>Puts back all but the first digit of a number: <c>\frac12</c> is one half, and <c>x^10</c> has the index 1.</summary>
    public string NextDigit()
    {
        string number = Next();
        position -= number.Length - 1;
        return number[..1];
    }

    /// <summary>Takes the next token if it is this one.</summary>
    public bool Skip(string token)
    {
        if (Peek != token) return false;
        Next();
        return true;
    }

    /// <summary>The raw text of <c>{…}</c>, as <c>\text</c> and <c>\begin</c> need it: its blanks count.</summary>
    public string RawGroup(string command)
    {
        if (Next() != "{") throw new FormulaException($"{command} needs braces: {command}{{…}}");
        int start = position, depth = 1;
        while (position < source.Length)
        {
            char c = source[position++];
            if (c == '\\') position++;
            else if (c == '{') depth++;
            else if (c == '}' && --depth == 0) return source[start..(position - 1)];
        }
        throw new FormulaException($"a brace after {command} isn't closed");
    }

    private void TakeCommand()
    {
        if (position >= source.Length) throw new FormulaException("a backslash stands at the end");
        if (!char.IsAsciiLetter(source[position++])) return;
        while (position < source.Length && char.IsAsciiLetter(source[position])) position++;
        if (position < source.Length && source[position] == '*') position++;
    }

    private void TakeNumber()
    {
        while (position < source.Length && (char.IsAsciiDigit(source[position]) || IsPoint(position))) position++;
    }

    /// <summary>A point between digits; one behind them ends a sentence.</summary>
    private bool IsPoint(int at) => source[at] == '.' && at + 1 < source.Length && char.IsAsciiDigit(source[at + 1]);
}
