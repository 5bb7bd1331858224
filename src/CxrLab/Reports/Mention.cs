namespace CxrLab.Reports;

/// <summary>One place where a report speaks of a finding, and why it counts as it does.</summary>
public sealed record Mention
{
    /// <summary>What is spoken of.</summary>
    public required Concept Concept { get; init; }

    /// <summary>The section that it stands in.</summary>
    public required ReportSection Section { get; init; }

    /// <summary>Position in the section's text, in characters from 0.</summary>
    public required int Start { get; init; }

    /// <summary>Length in characters.</summary>
    public required int Length { get; init; }

    /// <summary>The phrase of the table that matched.</summary>
    public required string Phrase { get; init; }

    /// <summary>Positive, Negative or Uncertain; Missing where the mention isn't about this image (history).</summary>
    public required LabelState State { get; init; }

    /// <summary>The rule that decided, or null where nothing but the phrase itself did.</summary>
    public ContextRule? Rule { get; init; }

    /// <summary>Where the rule's words stand, start and length in the section's text; null without a rule.</summary>
    public (int Start, int Length)? RuleSpan { get; init; }

    /// <summary>The words of the report that matched.</summary>
    public string Text => Section.Text.Substring(Start, Length);

    /// <summary>The decision in words: <c>'effusion' → pleural effusion: Negative, by 'no' (Negation)</c>.</summary>
    public string Explanation
    {
        get
        {
            string why = Rule is null
                ? State == LabelState.Positive ? "nothing around it says otherwise" : $"the phrase '{Phrase}' says so"
                : $"by '{Section.Text.Substring(RuleSpan!.Value.Start, RuleSpan.Value.Length)}' ({Rule.Stage}, rule '{Rule.Pattern}')";
            string state = State == LabelState.Missing ? "not of this image" : State.ToString();
            return $"'{Text}' → {Concept.Name}: {state}, {why}";
        }
    }
}
