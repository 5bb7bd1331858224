namespace CxrLab.Reports;

/// <summary>The words of one sentence, the rules found in it, and how far each of them reaches.</summary>
internal sealed class Sentence
{
    // What follows a comma and starts so is a statement of its own: "no effusion, stable cardiomegaly".
    private static readonly HashSet<string> Restarts = new(StringComparer.Ordinal)
    {
        "stable", "unchanged", "unchanging", "persistent", "persisting", "residual", "mild", "mildly", "minimal", "minimally", "moderate", "moderately", "slight", "slightly",
        "subtle", "small", "tiny", "trace", "chronic", "old", "healed", "prior", "previous", "interval", "increased", "decreased", "improved", "improving", "worsening",
        "again", "redemonstrated", "redemonstration", "bibasilar", "bilateral", "scattered", "multiple", "there", "this", "these", "the", "a", "an", "it", "however",
        "likely", "probable", "probably", "possible", "possibly", "suspected", "questionable", "status", "calcified", "streaky", "linear", "patchy",
        "heart", "cardiac", "lungs", "low", "degenerative", "tortuous", "mildly", "stably", "borderline", "otherwise", "some", "several", "post",
    };

    private static readonly HashSet<string> Verbs = new(StringComparer.Ordinal)
    {
        "is", "are", "was", "were", "has", "have", "appears", "appear", "remains", "remain", "shows", "show", "demonstrates", "demonstrate", "reveals", "reveal", "persists", "persist",
    };

    // "A, B or C is seen" is still the list; "the heart is enlarged" is not.
    private static readonly HashSet<string> Observed = new(StringComparer.Ordinal)
    {
        "seen", "identified", "noted", "present", "evident", "visualized", "visualised", "demonstrated", "appreciated", "observed", "detected", "apparent", "visible", "found", "suggested", "suspected", "not", "no", "definitely", "clearly", "readily", "xxxx",
    };

    // A list longer than this is no sentence; the bound keeps the time linear for any text.
    private const int FarthestReach = 80;

    private readonly bool[] turnsForward, turnsBackward, hidden;
    private readonly Dictionary<int, int> forwardEnds = [], backwardStarts = [];

    internal Sentence(IReadOnlyList<Token> tokens, PhraseIndex<Trigger> rules)
    {
        Tokens = tokens;
        (turnsForward, turnsBackward, hidden) = (new bool[tokens.Count], new bool[tokens.Count], new bool[tokens.Count]);
        for (int i = 0; i < tokens.Count; i++) turnsForward[i] = turnsBackward[i] = tokens[i].Word is ";" or ":" or "-" or ".";
        Triggers = rules.Find(tokens);
        foreach (Found<Trigger> trigger in Triggers)
        {
            for (int i = trigger.Start; i < trigger.End; i++) (hidden[i], turnsForward[i], turnsBackward[i]) = (true, false, false);
            (turnsForward[trigger.Start], turnsBackward[trigger.Start]) = (trigger.Value.TurnsForward, trigger.Value.TurnsBackward);
        }
    }

    internal IReadOnlyList<Token> Tokens { get; }

    internal IReadOnlyList<Found<Trigger>> Triggers { get; }

    /// <summary>Whether the mention at [start, end) lies in the reach of <paramref name="trigger"/>.</summary>
    internal bool Reaches(Found<Trigger> trigger, int start, int end)
    {
        ContextRule rule = trigger.Value.Rule!;
        if (trigger.Start >= start && trigger.End <= end) return rule.Stage == Stage.Negation; // "heart is not enlarged": inside the mention
        return rule.Reach switch
        {
            Reach.ForwardList or Reach.ForwardPhrase => start >= trigger.End && start < EndOf(trigger),
            Reach.Backward => end <= trigger.Start && end > StartOf(trigger),
            _ => (start >= trigger.End && start - trigger.End <= 3 && start < EndOf(trigger))
                 || (end <= trigger.Start && trigger.Start - end <= 3 && end > StartOf(trigger)),
        };
    }

    private int EndOf(Found<Trigger> trigger) => forwardEnds.TryGetValue(trigger.End, out int end)
        ? end
        : forwardEnds[trigger.End] = ForwardEnd(trigger.End, wholeList: trigger.Value.Rule!.Reach == Reach.ForwardList);

    private int StartOf(Found<Trigger> trigger) => backwardStarts.TryGetValue(trigger.Start, out int start)
        ? start
        : backwardStarts[trigger.Start] = BackwardStart(trigger.Start);

    private int ForwardEnd(int from, bool wholeList)
    {
        int farthest = Math.Min(Tokens.Count, from + FarthestReach);
        for (int i = from; i < farthest; i++)
        {
            if (turnsForward[i]) return i;
            switch (Tokens[i].Word)
            {
                case "," or "(" when !ListGoesOn(i, wholeList): return i;
                case "and" when !hidden[i] && (!wholeList || StartsStatement(i + 1)): return i;
                case "there" when i + 1 < Tokens.Count && Tokens[i + 1].Word is "is" or "are" or "has": return i;
            }
        }

        return farthest;
    }

    /// <summary>Whether what follows the comma at <paramref name="comma"/> still belongs to the list before it.</summary>
    private bool ListGoesOn(int comma, bool wholeList)
    {
        int from = comma + 1, to = SegmentEnd(from);
        if (StartsWithOr(from)) return true;
        // "no A, large B, or C": the later "or" holds the list together, whatever stands between.
        for (int at = from, end = to; end < Tokens.Count && end < comma + FarthestReach && Tokens[end].Word == ","; at = end + 1, end = SegmentEnd(at))
        {
            if (HasStatement(at, end)) break;
            if (StartsWithOr(end + 1)) return true;
        }

        if (!wholeList || StartsStatement(from) || HasStatement(from, to)) return false;
        return true;
    }

    private bool StartsWithOr(int at) => at < Tokens.Count && (Tokens[at].Word is "or" or "nor" || (Tokens[at].Word == "and" && at + 1 < Tokens.Count && (Tokens[at + 1].Word is "/" or "or" || !StartsStatement(at + 1))));

    private bool StartsStatement(int at)
    {
        if (at < Tokens.Count && Restarts.Contains(Tokens[at].Word)) return true;
        return at < Tokens.Count && HasStatement(at, SegmentEnd(at));
    }

    private bool HasStatement(int from, int to)
    {
        for (int i = from; i < to; i++)
            if (Verbs.Contains(Tokens[i].Word) && !(i + 1 < to && Observed.Contains(Tokens[i + 1].Word))) return true;
        return false;
    }

    private int SegmentEnd(int from)
    {
        int i = from;
        while (i < Tokens.Count && i < from + FarthestReach && !turnsForward[i] && Tokens[i].Word is not ("," or "(" or ")")) i++;
        return i;
    }

    private int BackwardStart(int before)
    {
        bool inList = false;
        int farthest = Math.Max(0, before - FarthestReach);
        for (int i = before - 1; i >= farthest; i--)
        {
            if (turnsBackward[i]) return i + 1;
            string word = Tokens[i].Word;
            if (word is "or" or "and" or "nor")
            {
                if (SaysSomething(i)) return i + 1;
                inList = true;
            }
            else if (word is "," or ")" && !inList && !(i + 1 < Tokens.Count && Tokens[i + 1].Word is "which" or "that" or "or" or "and" or "nor") && i != before - 1)
            {
                return i + 1;
            }
            else if (word == "," && SaysSomething(i))
            {
                return i + 1;
            }
        }

        return farthest;

        bool SaysSomething(int end)
        {
            int start = end;
            while (start > farthest && !turnsBackward[start - 1] && Tokens[start - 1].Word != ",") start--;
            return HasStatement(start, end);
        }
    }
}
