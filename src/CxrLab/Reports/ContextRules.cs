namespace CxrLab.Reports;

/// <summary>
/// The rules of negation, doubt and history, after NegEx (Chapman et al., J Biomed Inform 2001) with the stages of CheXpert's
/// labeler (Irvin et al., AAAI 2019). Read from a text file: <c>stage reach : phrase</c>, one a line.
/// </summary>
public sealed class ContextRules
{
    private readonly List<(Phrase Phrase, Trigger Trigger)> triggers;

    private ContextRules(List<(Phrase, Trigger)> triggers)
    {
        this.triggers = triggers;
        Index = new PhraseIndex<Trigger>(triggers);
    }

    /// <summary>The rules that come with the library.</summary>
    public static ContextRules Default { get; } = Parse(ReportResource.Read("rules.txt"), "rules.txt");

    /// <summary>The rules that judge mentions; turns and phrases without meaning are not among them.</summary>
    public IReadOnlyList<ContextRule> Rules => [.. triggers.Select(trigger => trigger.Trigger.Rule).OfType<ContextRule>()];

    internal PhraseIndex<Trigger> Index { get; }

    /// <summary>Reads rules.</summary>
    /// <exception cref="DataFormatException">A line isn't <c>stage reach : phrase</c>; names the line.</exception>
    public static ContextRules Parse(string text, string name = "rules")
    {
        var triggers = new List<(Phrase, Trigger)>();
        foreach ((string line, int number) in ReportResource.Lines(text))
        {
            int colon = line.IndexOf(" : ", StringComparison.Ordinal);
            if (colon < 0) throw new DataFormatException(name, number, $"'{line}' is no rule; write: stage reach : phrase.");
            string[] head = line[..colon].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string pattern = line[(colon + 3)..].Trim();
            try
            {
                triggers.Add((new Phrase(pattern), Trigger(head, pattern)));
            }
            catch (FormatException error)
            {
                throw new DataFormatException(name, number, error.Message, error);
            }
        }

        return new ContextRules(triggers);
    }

    /// <summary>The rules without one stage; for seeing what it is good for.</summary>
    public ContextRules Without(Stage stage) => new([.. triggers.Where(trigger => trigger.Trigger.Rule?.Stage != stage)]);

    /// <summary>These rules and more lines of the same format.</summary>
    public ContextRules With(string lines) => new([.. Parse(lines, "added rules").triggers, .. triggers]);

    private static Trigger Trigger(string[] head, string pattern)
    {
        if (head is ["turn"]) return new Trigger(null, TurnsForward: true, TurnsBackward: true);
        if (head is ["turn", "forward"]) return new Trigger(null, TurnsForward: true, TurnsBackward: false);
        if (head is ["nothing"]) return new Trigger(null, false, false);
        if (head.Length != 2) throw new FormatException($"'{string.Join(' ', head)}' is no stage and reach.");
        Stage stage = head[0] switch
        {
            "doubt-first" => Stage.DoubtBeforeNegation,
            "negation" => Stage.Negation,
            "doubt" => Stage.Doubt,
            "probable" => Stage.Probable,
            "history" => Stage.History,
            _ => throw new FormatException($"'{head[0]}' is no stage; there are doubt-first, negation, doubt, probable, history, turn and nothing."),
        };
        Reach reach = head[1] switch
        {
            "list" => Reach.ForwardList,
            "phrase" => Reach.ForwardPhrase,
            "back" => Reach.Backward,
            "beside" => Reach.Neighbours,
            _ => throw new FormatException($"'{head[1]}' is no reach; there are list, phrase, back and beside."),
        };
        return new Trigger(new ContextRule(stage, reach, pattern), false, false);
    }
}

/// <summary>A phrase of the rules: a rule, a turn that ends other rules' reach, or a phrase that means nothing and hides shorter ones.</summary>
internal sealed record Trigger(ContextRule? Rule, bool TurnsForward, bool TurnsBackward);
