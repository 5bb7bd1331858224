namespace CxrLab.Data;

/// <summary>How one quantity differs between two indexes.</summary>
/// <param name="What">Such as <c>Mass positive</c>, <c>view PA</c>, <c>sex Female</c>, <c>source nih</c> or <c>age</c>.</param>
/// <param name="First">Share in the first index, in [0, 1]; for age the mean in years. NaN where nothing is known.</param>
/// <param name="Second">The same in the second index.</param>
/// <param name="Standardised">Second minus first in units of the common standard deviation; 0.1 is commonly called small.</param>
/// <param name="Low">Lower end of the 95 % interval of second minus first (normal approximation, images taken as independent).</param>
/// <param name="High">Upper end.</param>
public sealed record ShiftRow(string What, double First, double Second, double Standardised, double Low, double High)
{
    /// <summary>Second minus first.</summary>
    public double Difference => Second - First;
}

/// <summary>What differs between two indexes, such as training and test part: prevalences, views, sex, sources and age.</summary>
public static class ShiftReport
{
    private const double Normal95 = 1.959964;

    /// <summary>Compares two indexes; label prevalence is taken over cells that are plainly positive or negative.</summary>
    /// <exception cref="ArgumentException">The label sets differ.</exception>
    public static IReadOnlyList<ShiftRow> Compare(CxrIndex first, CxrIndex second)
    {
        if (!first.Labels.Equals(second.Labels)) throw new ArgumentException($"'{first.Name}' and '{second.Name}' have different labels; harmonise them first.", nameof(second));
        var rows = new List<ShiftRow>();
        for (int k = 0; k < first.Labels.Count; k++)
        {
            int column = k;
            rows.Add(Row($"{first.Labels[k]} positive", first, second, record => record.Labels[column] switch { LabelState.Positive => 1, LabelState.Negative => 0, _ => null }));
        }

        foreach (View view in Enum.GetValues<View>()) rows.Add(Row($"view {view}", first, second, record => record.View == view ? 1 : 0));
        foreach (Sex sex in Enum.GetValues<Sex>()) rows.Add(Row($"sex {sex}", first, second, record => record.Sex == sex ? 1 : 0));
        foreach (string source in first.Records.Concat(second.Records).Select(record => record.Source).Distinct().Order(StringComparer.Ordinal))
            rows.Add(Row($"source {source}", first, second, record => record.Source == source ? 1 : 0));
        rows.Add(Row("age", first, second, record => record.Age));
        return [.. rows.Where(row => !(row.First == 0 && row.Second == 0))];
    }

    private static ShiftRow Row(string what, CxrIndex first, CxrIndex second, Func<CxrRecord, double?> value)
    {
        (int n, double mean, double variance) = Moments(first, value);
        (int m, double other, double spread) = Moments(second, value);
        double deviation = Math.Sqrt((variance + spread) / 2), error = Normal95 * Math.Sqrt(variance / n + spread / m), difference = other - mean;
        return new(what, mean, other, difference == 0 ? 0 : difference / deviation, difference - error, difference + error);
    }

    private static (int Count, double Mean, double Variance) Moments(CxrIndex index, Func<CxrRecord, double?> value)
    {
        double[] known = [.. index.Records.Select(value).OfType<double>()];
        double mean = known.Length == 0 ? double.NaN : known.Average();
        return (known.Length, mean, known.Length == 0 ? double.NaN : known.Average(each => (each - mean) * (each - mean)));
    }
}
