using System.Globalization;
using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>One step of the check: all layers from the last down to this one are random.</summary>
/// <param name="Layer">The layer that became random last.</param>
/// <param name="Correlation">Spearman's rank correlation of the map with that of the trained model, in [-1, 1]; NaN where a map is flat.</param>
public sealed record RandomisationStep(string Layer, double Correlation)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Layer}: {Correlation:F2}");
}

/// <summary>
/// The cascading randomisation sanity check (Adebayo et al., NeurIPS 2018): layer by layer from the output, the weights are shuffled. A map
/// that stays the same never showed what the model had learned, only where the image has edges.
/// </summary>
public static class RandomisationCheck
{
    /// <summary>Shuffles the layers one after another and compares the maps. All weights are put back afterwards.</summary>
    /// <param name="method">Any method that suits the model.</param>
    /// <param name="model">A trained model.</param>
    /// <param name="image">[C, H, W] or [1, C, H, W], prepared as for the model.</param>
    /// <param name="finding">One of the model's labels.</param>
    /// <param name="seed">Seed of the shuffling.</param>
    public static IReadOnlyList<RandomisationStep> Run(Explanation method, CxrModel model, Tensor image, string finding, int seed = 0)
    {
        Heatmap trained = method.Explain(model, image, finding);
        (string Layer, Tensor[] Weights)[] layers = [.. model.named_parameters().GroupBy(weight => weight.name[..weight.name.LastIndexOf('.')])
            .Select(group => (group.Key, group.Select(weight => (Tensor)weight.parameter).ToArray())).Reverse()];
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor[][] before = [.. layers.Select(layer => layer.Weights.Select(weight => weight.detach().clone()).ToArray())];
        var steps = new List<RandomisationStep>();
        try
        {
            using var generator = new Generator((ulong)seed, CPU);
            foreach ((string layer, Tensor[] weights) in layers)
            {
                foreach (Tensor weight in weights) Shuffle(weight, generator);
                steps.Add(new(layer, RankCorrelation(trained, method.Explain(model, image, finding))));
            }
        }
        finally
        {
            for (int i = 0; i < layers.Length; i++)
                for (int j = 0; j < layers[i].Weights.Length; j++) layers[i].Weights[j].copy_(before[i][j]);
        }

        return steps;
    }

    /// <summary>Spearman's rank correlation of two maps of one size, equal values sharing their mean rank; NaN where a map is flat.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double RankCorrelation(Heatmap a, Heatmap b)
    {
        if (a.Height != b.Height || a.Width != b.Width) throw new ArgumentException($"Maps of {a.Height} × {a.Width} and {b.Height} × {b.Width} can't be compared.");
        double[] left = Ranks(a), right = Ranks(b);
        double mean = (left.Length - 1) / 2.0, both = 0, ofLeft = 0, ofRight = 0;
        for (int i = 0; i < left.Length; i++)
        {
            both += (left[i] - mean) * (right[i] - mean);
            ofLeft += (left[i] - mean) * (left[i] - mean);
            ofRight += (right[i] - mean) * (right[i] - mean);
        }

        return both / Math.Sqrt(ofLeft * ofRight);
    }

    // A permutation keeps the spread of the weights, which a fresh draw might not.
    private static void Shuffle(Tensor weight, Generator generator)
    {
        using var scope = NewDisposeScope();
        Tensor flat = weight.detach().flatten();
        Tensor order = rand(flat.shape[0], generator: generator).argsort().to(flat.device);
        weight.copy_(flat.index_select(0, order).reshape(weight.shape));
    }

    private static double[] Ranks(Heatmap map)
    {
        float[] values = [.. map.Values.Cast<float>()];
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        double[] ranks = new double[values.Length];
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to + 1 < order.Length && values[order[to + 1]] == values[order[from]]) to++;
            for (int i = from; i <= to; i++) ranks[order[i]] = (from + to) / 2.0;
            from = to + 1;
        }

        return ranks;
    }
}
