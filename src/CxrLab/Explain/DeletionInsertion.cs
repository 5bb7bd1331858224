using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Deletion and insertion (Petsiuk et al., BMVC 2018): if a map is faithful, the probability falls fast when its hottest pixels vanish
/// first, and rises fast when they appear first.
/// </summary>
public sealed record DeletionInsertion
{
    /// <summary>Steps of equal size, at least 1.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>What stands where a pixel is deleted.</summary>
    public Baseline Deleted { get; init; } = Baseline.Zero;

    /// <summary>What insertion begins with.</summary>
    public Baseline Start { get; init; } = Baseline.Blur();

    /// <summary>The curve of deletion.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="image">[C, H, W] or [1, C, H, W], prepared as for the model.</param>
    /// <param name="map">A map of one of the model's findings at any size; it is enlarged to the image. Equal pixels go in reading order.</param>
    public PerturbationCurve Deletion(CxrModel model, Tensor image, Heatmap map) => Curve("deletion", model, image, map, delete: true);

    /// <summary>The curve of insertion.</summary>
    /// <inheritdoc cref="Deletion"/>
    public PerturbationCurve Insertion(CxrModel model, Tensor image, Heatmap map) => Curve("insertion", model, image, map, delete: false);

    private PerturbationCurve Curve(string name, CxrModel model, Tensor image, Heatmap map, bool delete)
    {
        if (Steps < 1) throw new ArgumentException($"A curve needs at least one step; got {Steps}.");
        using var scope = NewDisposeScope();
        using var mode = new EvalMode(model);
        Tensor one = OneImage.Of(model, image);                                           // [1, C, H, W]
        Tensor other = (delete ? Deleted : Start).For(one);                               // [1, C, H, W]
        int k = model.Labels.IndexOf(map.Finding), height = (int)one.shape[2], width = (int)one.shape[3];
        int[] order = PixelOrder.Strongest(PixelOrder.InSizeOf(one, map));
        double[] shares = [.. Enumerable.Range(0, Steps + 1).Select(i => (double)i / Steps)];
        Tensor logits = Perturbed.Logits(model, Steps + 1, (from, count) =>
        {
            float[] masks = [.. shares.Skip(from).Take(count).SelectMany(share => PixelOrder.FirstOf(order, (int)Math.Round(share * order.Length)))];
            Tensor shown = tensor(masks).reshape(count, 1, height, width).to(one.dtype).to(one.device);
            return delete ? Perturbed.Masked(other, one, shown) : Perturbed.Masked(one, other, shown); // where the mask is 1: deleted, or shown
        });
        float[] scores = logits.select(1, k).sigmoid().cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
        return new(name, shares, [.. scores.Select(score => (double)score)]);
    }
}
