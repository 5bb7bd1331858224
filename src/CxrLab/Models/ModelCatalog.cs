namespace CxrLab.Models;

/// <summary>All architectures by name, for configurations and the command line; a new one is a new file and one line here.</summary>
public static class ModelCatalog
{
    private static readonly Dictionary<string, Func<LabelSet, int, CxrModel>> Makers = new(StringComparer.Ordinal)
    {
        ["cxrnet"] = (labels, channels) => new CxrNet(labels, channels),
        ["covidnet"] = (labels, channels) => new CovidNet(labels, channels),
        ["densenet121"] = (labels, channels) => new DenseNet121(labels, channels),
        ["densenet169"] = (labels, channels) => new DenseNet169(labels, channels),
        ["densenet201"] = (labels, channels) => new DenseNet201(labels, channels),
        ["resnet18"] = (labels, channels) => new ResNet18(labels, channels),
        ["resnet34"] = (labels, channels) => new ResNet34(labels, channels),
        ["resnet50"] = (labels, channels) => new ResNet50(labels, channels),
        ["resnet101"] = (labels, channels) => new ResNet101(labels, channels),
    };

    private static readonly Dictionary<string, Func<LabelSet, int, CxrModel>> VolumeMakers = new(StringComparer.Ordinal)
    {
        ["med3d-resnet10"] = (labels, channels) => new Med3DResNet10(labels, channels),
        ["med3d-resnet18"] = (labels, channels) => new Med3DResNet18(labels, channels),
        ["med3d-resnet34"] = (labels, channels) => new Med3DResNet34(labels, channels),
        ["med3d-resnet50"] = (labels, channels) => new Med3DResNet50(labels, channels),
    };

    private static readonly Dictionary<string, Func<LabelSet, int, CxrModel>> MaskMakers = new(StringComparer.Ordinal)
    {
        ["unet"] = (structures, channels) => new UNet(structures, channels),
    };

    /// <summary>Classifiers of images [B, C, H, W]: one logit per finding.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <summary>Classifiers of volumes [B, C, D, H, W].</summary>
    public static IReadOnlyList<string> VolumeNames { get; } = [.. VolumeMakers.Keys];

    /// <summary>Segmenters: one logit per structure and pixel.</summary>
    public static IReadOnlyList<string> Segmenters { get; } = [.. MaskMakers.Keys];

    /// <summary>A new model with random weights, in training mode on the CPU. It reseeds TorchSharp's generators.</summary>
    /// <param name="name">One of <see cref="Names"/>, <see cref="VolumeNames"/> or <see cref="Segmenters"/>.</param>
    /// <param name="labels">Findings; logit k belongs to label k.</param>
    /// <param name="inputChannels">1 or 3.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="head">One of <see cref="HeadCatalog.Names"/> in place of the model's own last layer; null keeps that.</param>
    /// <exception cref="ArgumentException">A name is unknown, and the message lists those that are known; or a head doesn't suit the model.</exception>
    public static CxrModel Create(string name, LabelSet labels, int inputChannels = 1, int seed = 0, string? head = null)
    {
        if (!Makers.TryGetValue(name, out Func<LabelSet, int, CxrModel>? make) && !VolumeMakers.TryGetValue(name, out make) && !MaskMakers.TryGetValue(name, out make))
            throw new ArgumentException($"There is no model '{name}'; CxrLab has: {string.Join(", ", Names)}; for volumes {string.Join(", ", VolumeNames)}; for masks {string.Join(", ", Segmenters)}.", nameof(name));
        if (head is not null && MaskMakers.ContainsKey(name))
            throw new ArgumentException($"{name} answers for every pixel; a pooling head is for a model that answers for the image.", nameof(head));
        if (inputChannels is not (1 or 3))
            throw new ArgumentException($"A model takes 1 channel (grey) or 3 (colour); got {inputChannels}.", nameof(inputChannels));
        TorchRuntime.SeedAll(seed);
        CxrModel model = make(labels, inputChannels);
        if (head is null) return model;
        try
        {
            return PooledModel.With(model, head);
        }
        catch (ArgumentException)
        {
            model.Dispose();
            throw;
        }
    }
}
