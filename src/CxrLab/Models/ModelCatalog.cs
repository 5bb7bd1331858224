namespace CxrLab.Models;

/// <summary>Models by name; a new one is a new file and one line here.</summary>
public static class ModelCatalog
{
    private static readonly Dictionary<string, Func<LabelSet, int, CxrModel>> Models = new(StringComparer.Ordinal)
    {
        ["cxrnet"] = (labels, channels) => new CxrNet(labels, channels),
        ["densenet121"] = (labels, channels) => new DenseNet121(labels, channels),
        ["resnet18"] = (labels, channels) => new ResNet18(labels, channels),
        ["resnet50"] = (labels, channels) => new ResNet50(labels, channels),
    };

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> Names => Models.Keys;

    /// <summary>A fresh model.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="labels">Its findings.</param>
    /// <param name="inputChannels">1, or 3 for checkpoints trained on colour photographs.</param>
    /// <param name="seed">Seed of the initial weights.</param>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public static CxrModel Create(string name, LabelSet labels, int inputChannels = 1, int seed = 0)
    {
        if (!Models.TryGetValue(name, out Func<LabelSet, int, CxrModel>? create))
            throw new ArgumentException($"There is no model '{name}'; there are: {string.Join(", ", Names)}.", nameof(name));
        TorchRuntime.SeedAll(seed);
        return create(labels, inputChannels);
    }
}
