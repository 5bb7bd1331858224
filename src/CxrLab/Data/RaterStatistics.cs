namespace CxrLab.Data;

/// <summary>Who read how much, and how far readers agree: a model that learns from few busy readers learns their habits.</summary>
public sealed class RaterStatistics
{
    private readonly CxrIndex index;

    /// <param name="index">Records with <see cref="CxrRecord.Readings"/> and unfused <see cref="CxrRecord.Boxes"/>.</param>
    public RaterStatistics(CxrIndex index)
    {
        this.index = index;
        var images = new Dictionary<string, int>(StringComparer.Ordinal);
        var boxes = new Dictionary<string, int>(StringComparer.Ordinal);
        var empty = new Dictionary<string, int>(StringComparer.Ordinal);
        var classes = index.Labels.ToDictionary(name => name, _ => 0, StringComparer.Ordinal);
        classes[Finding.NoFinding] = 0;
        foreach (CxrRecord record in index.Records)
        {
            foreach (FindingBox box in record.Boxes)
            {
                classes[box.Finding]++;
                if (box.Reader is not null) boxes[box.Reader] = boxes.GetValueOrDefault(box.Reader) + 1;
            }

            foreach (Reading reading in record.Readings)
            {
                images[reading.Reader] = images.GetValueOrDefault(reading.Reader) + 1;
                if (record.Boxes.Any(box => box.Reader == reading.Reader)) continue;
                empty[reading.Reader] = empty.GetValueOrDefault(reading.Reader) + 1;
                classes[Finding.NoFinding]++;
            }
        }

        double all = boxes.Values.Sum() + empty.Values.Sum();
        Readers = [.. images.Keys
            .Select(name => new RaterTotal(name, images[name], boxes.GetValueOrDefault(name), boxes.GetValueOrDefault(name) + empty.GetValueOrDefault(name),
                (boxes.GetValueOrDefault(name) + empty.GetValueOrDefault(name)) / all))
            .OrderByDescending(reader => reader.Rows).ThenBy(reader => reader.Reader, StringComparer.Ordinal)];
        RowsPerClass = classes;
    }

    /// <summary>One line per reader, the busiest first.</summary>
    public IReadOnlyList<RaterTotal> Readers { get; }

    /// <summary>Rows of the box table per finding; under <see cref="Finding.NoFinding"/> the readings without a box.</summary>
    public IReadOnlyDictionary<string, int> RowsPerClass { get; }

    /// <summary>Agreement of two readers on <paramref name="finding"/> over the images that both read; a doubtful or missing opinion leaves the image out.</summary>
    public RaterAgreement Agreement(string first, string second, string finding)
    {
        int column = index.Labels.IndexOf(finding);
        var table = new int[2, 2];
        foreach (CxrRecord record in index.Records)
        {
            if (Opinion(record, first, column) is { } one && Opinion(record, second, column) is { } other) table[one, other]++;
        }

        return RaterAgreement.Of(table[1, 1], table[1, 0], table[0, 1], table[0, 0]);
    }

    private static int? Opinion(CxrRecord record, string reader, int column) =>
        record.Readings.FirstOrDefault(reading => reading.Reader == reader)?.Labels[column] switch
        {
            LabelState.Positive => 1,
            LabelState.Negative => 0,
            _ => null,
        };
}

/// <summary>How much one reader did.</summary>
/// <param name="Reader">Name in the data set.</param>
/// <param name="Images">Images read.</param>
/// <param name="Boxes">Boxes drawn.</param>
/// <param name="Rows">Rows of the box table: boxes, and one row for each image without any.</param>
/// <param name="Share">Part of all rows, in [0, 1].</param>
public sealed record RaterTotal(string Reader, int Images, int Boxes, int Rows, double Share);
