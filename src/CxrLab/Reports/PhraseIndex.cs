using System.Collections.Concurrent;

namespace CxrLab.Reports;

/// <summary>Finds phrases in a sentence. Where two overlap, the longer one wins: "no change" is not "no".</summary>
/// <typeparam name="T">What a phrase stands for.</typeparam>
/// <param name="phrases">The phrases.</param>
/// <param name="together">
/// Whether two values can stand side by side: "pleural thickening and scarring" is both, though the longer phrase covers the shorter. The
/// longer one then keeps what follows the shorter.
/// </param>
internal sealed class PhraseIndex<T>(IEnumerable<(Phrase Phrase, T Value)> phrases, Func<T, T, bool>? together = null)
{
    private const int MostWords = 100_000;

    private readonly (Phrase Phrase, T Value)[] all = [.. phrases];
    private readonly ConcurrentDictionary<string, (Phrase Phrase, T Value)[]> byFirstWord = new(StringComparer.Ordinal);

    /// <summary>The matches, in the order of the sentence.</summary>
    internal List<Found<T>> Find(IReadOnlyList<Token> tokens)
    {
        var found = new List<Found<T>>();
        for (int i = 0; i < tokens.Count; i++)
        {
            foreach ((Phrase phrase, T value) in Starting(tokens[i].Word))
            {
                int end = phrase.Match(tokens, i);
                if (end > i) found.Add(new Found<T>(value, phrase, i, end));
            }
        }

        if (found.Count < 2) return found;
        // Stable: among equals the table's order decides.
        var kept = new List<Found<T>>(found.Count);
        var taken = new bool[tokens.Count];
        foreach (Found<T> match in found.OrderByDescending(match => match.End - match.Start))
        {
            if (taken.AsSpan(match.Start, match.End - match.Start).Contains(true)) continue;
            Array.Fill(taken, true, match.Start, match.End - match.Start);
            if (Coordinated(match, found, tokens) is { } first)
            {
                kept.Add(first);
                kept.Add(match with { Start = first.End });
                continue;
            }

            kept.Add(match);
        }

        kept.Sort((a, b) => a.Start.CompareTo(b.Start));
        return kept;
    }

    // The longest shorter match at the same place that "and" or "or" joins to the rest.
    private Found<T>? Coordinated(Found<T> match, List<Found<T>> found, IReadOnlyList<Token> tokens)
    {
        if (together is null) return null;
        Found<T>? best = null;
        foreach (Found<T> other in found)
        {
            if (other.Start != match.Start || other.End >= match.End - 1 || (best is { } known && known.End >= other.End)) continue;
            if (tokens[other.End].Word is "and" or "or" && together(other.Value, match.Value)) best = other;
        }

        return best;
    }

    private (Phrase Phrase, T Value)[] Starting(string word)
    {
        if (byFirstWord.TryGetValue(word, out (Phrase, T)[]? known)) return known;
        if (byFirstWord.Count > MostWords) byFirstWord.Clear();
        return byFirstWord[word] = [.. all.Where(entry => entry.Phrase.StartsWith(word))];
    }
}

/// <summary>A phrase found in a sentence.</summary>
/// <param name="Value">What the phrase stands for.</param>
/// <param name="Phrase">The phrase.</param>
/// <param name="Start">First token.</param>
/// <param name="End">Behind the last token.</param>
internal readonly record struct Found<T>(T Value, Phrase Phrase, int Start, int End);
