using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// A way to say which pixels speak for a finding. All ways return the raw signed map, run the model in evaluation mode and put its
/// mode back, work under <c>no_grad</c>, and leave the parameters and their gradients alone. A new way is one class and its line in
/// <see cref="ExplanationCatalog"/>.
/// </summary>
public abstract record Explanation
{
    /// <summary>Name for configurations and the command line, such as <c>grad-cam</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One image, one finding.</summary>
    /// <param name="model">A model that suits the method.</param>
    /// <param name="image">[C, H, W] or [1, C, H, W], prepared as for the model, on the model's device.</param>
    /// <param name="finding">One of the model's labels.</param>
    /// <returns>Raw signed map, in the resolution of the features or of the image, as the method has it.</returns>
    /// <exception cref="ArgumentException">The finding is unknown, the image is a batch, or the model is unsuitable.</exception>
    public Heatmap Explain(CxrModel model, Tensor image, string finding)
    {
        if (image.dim() is not (3 or 4) || (image.dim() == 4 && image.shape[0] != 1))
            throw new ArgumentException($"A map explains one image [{model.InputChannels}, H, W]; got [{string.Join(", ", image.shape)}]. Name targets to explain a batch.", nameof(image));
        using var scope = NewDisposeScope();
        return Explain(model, image.dim() == 3 ? image.unsqueeze(0) : image, [new Target(0, finding)])[0];
    }

    /// <summary>Any findings of any images of a batch; the batch goes through the model together.</summary>
    /// <param name="model">A model that suits the method.</param>
    /// <param name="images">[B, C, H, W], prepared as for the model, on the model's device.</param>
    /// <param name="targets">At least one; see <see cref="Target.Each"/> and <see cref="Target.PerImage"/>.</param>
    /// <returns>One raw signed map for each target, in their order.</returns>
    /// <exception cref="ArgumentException">A target isn't in the batch or among the labels, the images don't fit, or the model is unsuitable.</exception>
    public IReadOnlyList<Heatmap> Explain(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        using var scope = NewDisposeScope();
        Check(model, images, targets);
        using var mode = new EvalMode(model);
        return Heatmap.FromMany(Maps(model, images.detach(), targets), [.. targets.Select(target => target.Finding)]);
    }

    /// <summary>The method itself; it runs in a dispose scope and with the model in evaluation mode, on arguments that were checked.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">[B, C, H, W].</param>
    /// <param name="targets">At least one.</param>
    /// <returns>One map per target, [T, h, w].</returns>
    protected abstract Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets);

    /// <summary>Maps [T, h, w] from one map per image and distinct finding, made only for the findings asked for.</summary>
    /// <param name="model">Knows the column of a finding.</param>
    /// <param name="targets">As asked.</param>
    /// <param name="mapsOf">Column of the finding → maps [B, h, w].</param>
    private protected static Tensor ByFinding(CxrModel model, IReadOnlyList<Target> targets, Func<int, Tensor> mapsOf)
    {
        var maps = new Tensor[targets.Count];
        foreach (IGrouping<string, int> group in Enumerable.Range(0, targets.Count).GroupBy(i => targets[i].Finding))
        {
            Tensor ofFinding = mapsOf(model.Labels.IndexOf(group.Key));                   // [B, h, w]
            foreach (int i in group) maps[i] = ofFinding[targets[i].Image];               // [h, w]
        }

        return stack(maps);
    }

    /// <summary>Maps [T, h, w] from a method that answers all findings of an image at once.</summary>
    /// <param name="model">Knows the column of a finding.</param>
    /// <param name="targets">As asked.</param>
    /// <param name="mapsOf">Row of the batch → maps [K, h, w].</param>
    private protected static Tensor ByImage(CxrModel model, IReadOnlyList<Target> targets, Func<int, Tensor> mapsOf)
    {
        var maps = new Tensor[targets.Count];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, targets.Count).GroupBy(i => targets[i].Image))
        {
            Tensor ofImage = mapsOf(group.Key);                                           // [K, h, w]
            foreach (int i in group) maps[i] = ofImage[model.Labels.IndexOf(targets[i].Finding)];
        }

        return stack(maps);
    }

    private static void Check(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        if (model.Dimensions != 2)
            throw new ArgumentException($"{model.Architecture} takes volumes; the explanations are for images.", nameof(model));
        if (images.dim() != 4 || images.shape[1] != model.InputChannels)
            throw new ArgumentException($"{model.Architecture} takes images [B, {model.InputChannels}, H, W]; got [{string.Join(", ", images.shape)}].", nameof(images));
        if (targets.Count == 0) throw new ArgumentException("There is no target; name at least one finding of one image.", nameof(targets));
        foreach (Target target in targets)
        {
            if (target.Image < 0 || target.Image >= images.shape[0])
                throw new ArgumentException($"A target names image {target.Image}, but the batch has {images.shape[0]}, counted from 0.", nameof(targets));
            model.Labels.IndexOf(target.Finding);
        }

        if (model.parameters().FirstOrDefault() is { } weight && (weight.dtype != images.dtype || weight.device_type != images.device_type))
            throw new ArgumentException($"The images are {images.dtype} on {images.device_type}, but {model.Architecture} computes in {weight.dtype} on {weight.device_type}; convert the images.", nameof(images));
        if (images.isfinite().logical_not().any().item<bool>())
            throw new ArgumentException("The images hold a value that isn't a number or is infinite; look at how they were prepared.", nameof(images));
    }
}
