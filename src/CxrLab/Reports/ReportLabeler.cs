namespace CxrLab.Reports;

/// <summary>
/// Labels a report by phrases and rules, without a parser: find mentions, ask of each whether it is doubted, negated or history,
/// then aggregate. Every step can be read in the result. Safe to use from several threads.
/// </summary>
/// <param name="scheme">Labels and reading rules.</param>
/// <param name="phrases">Words for the findings; null for <see cref="PhraseTable.Default"/>.</param>
/// <param name="rules">Rules of context; null for <see cref="ContextRules.Default"/>.</param>
public sealed class ReportLabeler(LabelScheme scheme, PhraseTable? phrases = null, ContextRules? rules = null)
{
    private readonly PhraseTable phrases = phrases ?? PhraseTable.Default;
    private readonly ContextRules rules = rules ?? ContextRules.Default;

    /// <summary>The labels and how they are made.</summary>
    public LabelScheme Scheme { get; } = scheme;

    /// <summary>Labels a text, split at its headings.</summary>
    public LabeledReport Label(string text) => Label(Report.FromText(text));

    /// <summary>Labels a report.</summary>
    public LabeledReport Label(Report report)
    {
        IReadOnlyList<ReportSection> read = Scheme.Read(report);
        var mentions = new List<Mention>();
        foreach (ReportSection section in read)
            foreach ((int start, int end) in SentenceSplitter.Split(section.Text)) AddMentions(section, Tokenizer.Tokens(section.Text, start, end), mentions);
        return new LabeledReport(report, Scheme, read, mentions);
    }

    private void AddMentions(ReportSection section, List<Token> tokens, List<Mention> mentions)
    {
        List<Found<PhraseEntry>> found = phrases.Index.Find(tokens);
        if (found.Count == 0) return;
        var sentence = new Sentence(tokens, rules.Index);
        foreach (Found<PhraseEntry> match in found)
        {
            if (match.Value.Use == PhraseUse.Unmention) continue;
            (LabelState state, Found<Trigger>? by) = match.Value.Use switch
            {
                PhraseUse.Absent => (LabelState.Negative, null),
                _ => Judge(sentence, match, match.Value.Use == PhraseUse.Borderline),
            };
            int start = tokens[match.Start].Start;
            mentions.Add(new Mention
            {
                Concept = match.Value.Concept,
                Section = section,
                Start = start,
                Length = tokens[match.End - 1].End - start,
                Phrase = match.Phrase.Pattern,
                State = state,
                Rule = by?.Value.Rule,
                RuleSpan = by is { } trigger ? (tokens[trigger.Start].Start, tokens[trigger.End - 1].End - tokens[trigger.Start].Start) : null,
            });
        }
    }

    private (LabelState State, Found<Trigger>? By) Judge(Sentence sentence, Found<PhraseEntry> mention, bool borderline)
    {
        Found<Trigger>? first = null;
        foreach (Found<Trigger> trigger in sentence.Triggers)
        {
            if (trigger.Value.Rule is not { } rule || (first is { } known && known.Value.Rule!.Stage <= rule.Stage)) continue;
            if (sentence.Reaches(trigger, mention.Start, mention.End)) first = trigger;
        }

        LabelState plain = borderline && !Scheme.ProbableIsPositive ? LabelState.Uncertain : LabelState.Positive;
        return (first?.Value.Rule!.Stage switch
        {
            null => plain,
            Stage.Negation => LabelState.Negative,
            Stage.Probable => Scheme.ProbableIsPositive ? LabelState.Positive : LabelState.Uncertain,
            Stage.History => LabelState.Missing,
            _ => LabelState.Uncertain,
        }, first);
    }
}
