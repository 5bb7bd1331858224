namespace CxrLab.Ensembling;

/// <summary>Several models' predictions of the same images and findings, brought into one order.</summary>
public sealed class Members
{
    private Members(IReadOnlyList<string> names, IReadOnlyList<Predictions> predictions) => (Names, Predictions) = (names, predictions);

    /// <summary>A name per member, for messages and tables.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>One per member; rows and columns mean the same in all.</summary>
    public IReadOnlyList<Predictions> Predictions { get; }

    /// <summary>The findings.</summary>
    public LabelSet Labels => Predictions[0].Labels;

    /// <summary>The images, one per row.</summary>
    public IReadOnlyList<string> Images => Predictions[0].Images;

    /// <summary>Brings all members into the order of the first.</summary>
    /// <param name="members">Name and predictions; at least one.</param>
    /// <exception cref="ArgumentException">Members differ in images, patients or findings; the message names the first difference.</exception>
    public static Members Of(params IReadOnlyList<(string Name, Predictions Predictions)> members)
    {
        if (members.Count == 0) throw new ArgumentException("An ensemble needs at least one member.", nameof(members));
        (string firstName, Predictions first) = members[0];
        return new Members([.. members.Select(member => member.Name)], [.. members.Select(member => Aligned(firstName, first, member.Name, member.Predictions))]);
    }

    /// <summary>The rows of patients who aren't in the validation part: those that may be scored after fitting on it.</summary>
    public Members Without(ValidationPart validation) => Rows(i => !validation.Patients.Contains(Predictions[0].Patients[i]));

    /// <summary>The members' probabilities of one cell.</summary>
    internal double[] Cell(int row, int column) => [.. Predictions.Select(one => one.Probabilities[row, column])];

    /// <summary>The rows for which <paramref name="keep"/> holds, in their order.</summary>
    internal Members Rows(Func<int, bool> keep)
    {
        int[] kept = [.. Enumerable.Range(0, Images.Count).Where(keep)];
        return new Members(Names, [.. Predictions.Select(one => Table(one, kept, [.. Enumerable.Range(0, one.Labels.Count)], one.Labels))]);
    }

    /// <summary>Predictions of these rows and findings with new probabilities.</summary>
    internal Predictions With(Func<int, int, double> probability)
    {
        var table = new double[Images.Count, Labels.Count];
        for (int i = 0; i < Images.Count; i++)
            for (int k = 0; k < Labels.Count; k++) table[i, k] = Math.Clamp(probability(i, k), 0, 1); // sums of weights may miss 1 by a rounding
        return new Predictions(Labels, Images, Predictions[0].Patients, table);
    }

    private static Predictions Aligned(string firstName, Predictions first, string name, Predictions one)
    {
        if (ReferenceEquals(first, one)) return one;
        string[] without = [.. first.Labels.Where(label => !one.Labels.Contains(label))], more = [.. one.Labels.Where(label => !first.Labels.Contains(label))];
        if (without.Length + more.Length > 0)
            throw new ArgumentException($"'{firstName}' predicts [{first.Labels}], '{name}' [{one.Labels}]: '{without.Concat(more).First()}' is in one of them only.");
        Dictionary<string, int> rowOf = one.Images.Select((image, i) => (image, i)).ToDictionary(pair => pair.image, pair => pair.i, StringComparer.Ordinal);
        if (first.Images.FirstOrDefault(image => !rowOf.ContainsKey(image)) is { } missing) throw new ArgumentException($"'{name}' doesn't predict {missing}, which '{firstName}' does; all members need the same images.");
        if (one.Images.Count > first.Images.Count) throw new ArgumentException($"'{firstName}' doesn't predict {one.Images.Except(first.Images).First()}, which '{name}' does; all members need the same images.");
        int[] rows = [.. first.Images.Select(image => rowOf[image])];
        int odd = Array.FindIndex([.. Enumerable.Range(0, rows.Length)], i => one.Patients[rows[i]] != first.Patients[i]);
        if (odd >= 0) throw new ArgumentException($"{first.Images[odd]} is of patient {first.Patients[odd]} in '{firstName}' and of {one.Patients[rows[odd]]} in '{name}'; do both tables belong together?");
        return Table(one, rows, [.. first.Labels.Select(label => one.Labels.IndexOf(label))], first.Labels);
    }

    private static Predictions Table(Predictions from, int[] rows, int[] columns, LabelSet labels)
    {
        var table = new double[rows.Length, columns.Length];
        for (int i = 0; i < rows.Length; i++)
            for (int k = 0; k < columns.Length; k++) table[i, k] = from.Probabilities[rows[i], columns[k]];
        return new Predictions(labels, [.. rows.Select(row => from.Images[row])], [.. rows.Select(row => from.Patients[row])], table);
    }
}
