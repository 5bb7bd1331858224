namespace CxrLab.Reports;

/// <summary>How the states of a finding's mentions become one label.</summary>
public static class Aggregation
{
    /// <summary>
    /// The table of CheXpert's labeler: negative and uncertain give uncertain, even beside a positive mention, because that pair is
    /// looked at first; else a positive mention wins; no mention gives Missing.
    /// </summary>
    public static LabelState CheXpert(IEnumerable<LabelState> mentions)
    {
        (bool positive, bool negative, bool uncertain) = Kinds(mentions);
        if (negative && uncertain) return LabelState.Uncertain;
        return positive ? LabelState.Positive : uncertain ? LabelState.Uncertain : negative ? LabelState.Negative : LabelState.Missing;
    }

    /// <summary>One positive mention is enough; else doubt, else absence, else Missing.</summary>
    public static LabelState AnyPositive(IEnumerable<LabelState> mentions)
    {
        (bool positive, bool negative, bool uncertain) = Kinds(mentions);
        return positive ? LabelState.Positive : uncertain ? LabelState.Uncertain : negative ? LabelState.Negative : LabelState.Missing;
    }

    private static (bool Positive, bool Negative, bool Uncertain) Kinds(IEnumerable<LabelState> mentions)
    {
        bool positive = false, negative = false, uncertain = false;
        foreach (LabelState state in mentions)
        {
            positive |= state == LabelState.Positive;
            negative |= state == LabelState.Negative;
            uncertain |= state == LabelState.Uncertain;
        }

        return (positive, negative, uncertain);
    }
}
