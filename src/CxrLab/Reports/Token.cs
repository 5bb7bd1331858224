namespace CxrLab.Reports;

/// <summary>A word or a punctuation mark of a sentence.</summary>
/// <param name="Word">In lower case without apostrophes; <c>#</c> for a number.</param>
/// <param name="Start">Position in the section's text.</param>
/// <param name="Length">Characters.</param>
internal readonly record struct Token(string Word, int Start, int Length)
{
    internal int End => Start + Length;

    internal bool IsWord => char.IsLetterOrDigit(Word[0]) || Word[0] is '_' or '#';
}
