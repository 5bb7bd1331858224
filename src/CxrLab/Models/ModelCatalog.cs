namespace CxrLab.Models;

/// <summary>All architectures by name, for configurations and the command line.</summary>
public static class ModelCatalog
{
    private static readonly Dictionary<string, Func<LabelSet, int, CxrModel>> Makers = new(StringComparer.Ordinal)
    {
        ["cxrnet"] = (labels, channels) => new CxrNet(labels, channels),
        ["densenet121"] = (labels, channels) => new DenseNet121(labels, channels),
        ["resnet18"] = (labels, channels) => new ResNet18(labels, channels),
        ["resnet50"] = (labels, channels) => new ResNet50(labels, channels),
    };

    private static readonly Dictionary<string, Func<LabelSet, int, CxrModel>> MaskMakers = new(StringComparer.Ordinal)
    {
        ["unet"] = (structures, channels) => new UNet(structures, channels),
    };

    /// <summary>Classifiers: one logit per finding.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <summary>Segmenters: one logit per structure and pixel.</summary>
    public static IReadOnlyList<string> Segmenters { get; } = [.. MaskMakers.Keys];

    /// <summary>A new model with random weights, in training mode on the CPU. It reseeds TorchSharp's generators.</summary>
    /// <param name="name">One of <see cref="Names"/> or <see cref="Segmenters"/>.</param>
    /// <param name="labels">Findings; logit k belongs to label k.</param>
    /// <param name="inputChannels">1 or 3.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <exception cref="ArgumentException">The name is unknown; the message lists those that are known.</exception>
    public static CxrModel Create(string name, LabelSet labels, int inputChannels = 1, int seed = 0)
    {
        if (!Makers.TryGetValue(name, out Func<LabelSet, int, CxrModel>? make) && !MaskMakers.TryGetValue(name, out make))
            throw new ArgumentException($"There is no model '{name}'; CxrLab has: {string.Join(", ", Names.Concat(Segmenters))}.", nameof(name));
        TorchRuntime.SeedAll(seed);
        return make(labels, inputChannels);
    }
}
