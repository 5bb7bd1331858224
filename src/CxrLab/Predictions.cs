using System.Globalization;
using System.Text;

namespace CxrLab;

/// <summary>Probabilities of findings for images, as <c>PRED.csv</c> holds them: <c>image,patient,</c> then one column per finding.</summary>
public sealed class Predictions
{
    /// <param name="labels">Column k of <paramref name="probabilities"/> belongs to label k.</param>
    /// <param name="images">Distinct image names, one per row.</param>
    /// <param name="patients">The patient of each row.</param>
    /// <param name="probabilities">[N, K], each in [0, 1].</param>
    /// <exception cref="ArgumentException">Sizes differ, an image stands twice, or a value isn't a probability.</exception>
    public Predictions(LabelSet labels, IReadOnlyList<string> images, IReadOnlyList<string> patients, double[,] probabilities)
    {
        if (images.Count != patients.Count || probabilities.GetLength(0) != images.Count || probabilities.GetLength(1) != labels.Count)
            throw new ArgumentException($"{images.Count} images, {patients.Count} patients and {labels.Count} findings don't fit probabilities of {probabilities.GetLength(0)} × {probabilities.GetLength(1)}.", nameof(probabilities));
        if (images.GroupBy(image => image, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"{twice.Key} is predicted twice.", nameof(images));
        foreach (double value in probabilities)
            if (!(value is >= 0 and <= 1)) throw new ArgumentException($"{value} is not a probability.", nameof(probabilities));
        (Labels, Images, Patients, Probabilities) = (labels, images, patients, probabilities);
    }

    /// <summary>The findings.</summary>
    public LabelSet Labels { get; }

    /// <summary>Image names, one per row.</summary>
    public IReadOnlyList<string> Images { get; }

    /// <summary>The patient of each row.</summary>
    public IReadOnlyList<string> Patients { get; }

    /// <summary>[N, K].</summary>
    public double[,] Probabilities { get; }

    /// <summary>Probabilities of one finding, one per row.</summary>
    public double[] Column(string finding)
    {
        int k = Labels.IndexOf(finding);
        return [.. Enumerable.Range(0, Images.Count).Select(i => Probabilities[i, k])];
    }

    /// <summary>Writes the table with 9 decimals, so that small probabilities of rare findings keep their order, in invariant culture; the file appears whole or not at all.</summary>
    public void Save(string path)
    {
        var text = new StringBuilder("image,patient," + string.Join(',', Labels.Select(Quote)) + "\n");
        for (int i = 0; i < Images.Count; i++)
        {
            text.Append(Quote(Images[i])).Append(',').Append(Quote(Patients[i]));
            for (int k = 0; k < Labels.Count; k++) text.Append(CultureInfo.InvariantCulture, $",{Probabilities[i, k]:F9}");
            text.Append('\n');
        }

        AtomicFile.WriteText(path, text.ToString());
    }

    /// <summary>Reads a table written by <see cref="Save"/> or another program.</summary>
    /// <exception cref="DataFormatException">A column is missing or a value isn't a probability; names file, line and column.</exception>
    public static Predictions Load(string path)
    {
        using CsvTable table = CsvTable.Open(path);
        int image = table.Column("image"), patient = table.Column("patient");
        string[] names = [.. table.Header.Where((_, column) => column != image && column != patient)];
        if (names.Length == 0) throw new DataFormatException(path, 1, "there is no column with a finding's probabilities beside image and patient.");
        LabelSet labels = table.Findings(names);
        int[] columns = [.. names.Select(name => table.Column(name))];
        var rows = new List<double[]>();
        List<string> images = [], patients = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (table.Read())
        {
            if (!seen.Add(table.Text(image))) throw table.Error($"{table.Text(image)} is predicted a second time.");
            images.Add(table.Text(image));
            patients.Add(table.Text(patient));
            rows.Add([.. columns.Select((column, k) => Probability(table, column, names[k]))]);
        }

        var probabilities = new double[rows.Count, names.Length];
        for (int i = 0; i < rows.Count; i++)
            for (int k = 0; k < names.Length; k++) probabilities[i, k] = rows[i][k];
        return new Predictions(labels, images, patients, probabilities);
    }

    private static double Probability(CsvTable table, int column, string name) =>
        double.TryParse(table.Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1
            ? value
            : throw table.Error($"'{table.Text(column)}' in column '{name}' is not a probability in [0, 1].");

    private static string Quote(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : '"' + text.Replace("\"", "\"\"") + '"';
}
