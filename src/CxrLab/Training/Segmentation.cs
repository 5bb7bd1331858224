using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Losses;
using CxrLab.Metrics;
using CxrLab.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrLab.Training;

/// <summary>Runs a trained segmenter over a loader, without gradients and in evaluation mode.</summary>
public static class Segmentation
{
    /// <summary>Outlines for every image of the loader's index, in its order.</summary>
    /// <param name="model">One logit per pixel, [B, 1, H, W]; left in evaluation mode, on <paramref name="device"/>.</param>
    /// <param name="loader">Neither shuffled nor augmented; with lung masks, or without them where there are none.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="mirror">Whether the mirrored image is asked too and both answers are averaged: twice the time, a little steadier.</param>
    /// <param name="cancellation">Stops at the next batch.</param>
    /// <exception cref="ArgumentException">The loader shuffles or augments.</exception>
    public static IEnumerable<SegmentedImage> Predict(CxrModel model, BatchLoader loader, Device device, bool mirror = true, CancellationToken cancellation = default)
    {
        Inference.CheckPlain(loader);
        model.to(device);
        model.eval();
        int side = loader.Options.ImageSize;
        foreach (Batch batch in loader.Epoch(0, cancellation))
        {
            using (batch)
            {
                float[] maps = Probabilities(model, batch, device, mirror);
                float[]? truth = batch.LungMasks?.data<float>().ToArray();
                for (int i = 0; i < batch.Records.Count; i++)
                {
                    var pixels = new Range(i * side * side, (i + 1) * side * side);
                    yield return new SegmentedImage(batch.Records[i], new GrayImage(side, side, maps[pixels]), truth is null ? null : Array.ConvertAll(truth[pixels], pixel => pixel > 0.5f));
                }
            }
        }
    }

    /// <summary>Mean loss and mean Dice at threshold 0.5, as they come from the network.</summary>
    internal static (double Loss, double Dice) Evaluate(CxrModel model, BatchLoader loader, ILoss loss, Device device, CancellationToken cancellation)
    {
        Inference.CheckPlain(loader);
        model.to(device);
        model.eval();
        double sum = 0, dice = 0;
        int images = 0;
        foreach (Batch batch in loader.Epoch(0, cancellation))
        {
            using (batch)
            {
                (double value, double[] each) = Score(model, batch, loss, device);
                sum += value * each.Length;
                dice += each.Sum();
                images += each.Length;
            }
        }

        return (sum / images, dice / images);
    }

    private static (double Loss, double[] Dice) Score(CxrModel model, Batch batch, ILoss loss, Device device)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor logits = model.call(batch.Images.to(device)), truth = batch.LungMasks!.to(device);      // [B, 1, H, W]
        double value = loss.Compute(logits, truth).item<float>();
        bool[] found = [.. logits.cpu().data<float>().Select(logit => logit > 0)], known = [.. truth.cpu().data<float>().Select(pixel => pixel > 0.5f)];
        int area = found.Length / batch.Records.Count;
        return (value, [.. Enumerable.Range(0, batch.Records.Count).Select(i => MaskOverlap.Dice(found.AsSpan(i * area, area), known.AsSpan(i * area, area), EmptyMasks.CountAsOne))]);
    }

    private static float[] Probabilities(CxrModel model, Batch batch, Device device, bool mirror)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor images = batch.Images.to(device), maps = model.call(images).sigmoid();                 // [B, 1, H, W]
        if (maps.dim() != 4 || maps.shape[1] != 1) throw new ArgumentException($"{model.Architecture} answers [{string.Join(", ", maps.shape)}]; one map per image is expected, [B, 1, H, W].", nameof(model));
        if (mirror) maps = stack([maps, model.call(images.flip(3)).sigmoid().flip(3)]).mean([0]);
        return maps.cpu().data<float>().ToArray();
    }
}

/// <summary>What a segmenter said of one image.</summary>
/// <param name="Record">The image.</param>
/// <param name="Probability">[S, S] in [0, 1], at the model's size.</param>
/// <param name="Truth">[S·S], the radiologist's outline at the same size; null where there is none.</param>
public sealed record SegmentedImage(CxrRecord Record, GrayImage Probability, bool[]? Truth)
{
    /// <summary>The lungs at the model's size: probability of at least 0.5, the two largest regions, holes filled.</summary>
    public bool[] Mask => Clean(Probability);

    /// <summary>The lungs at another size, such as the original image's: the probabilities are resized, then cut.</summary>
    public bool[] MaskAt(int height, int width) => Clean(Probability.Resize(height, width));

    private static bool[] Clean(GrayImage probability)
    {
        var mask = new bool[probability.Pixels.Length];
        for (int i = 0; i < mask.Length; i++) mask[i] = probability.Pixels[i] >= 0.5f;
        return MaskCleaning.FillHoles(MaskCleaning.KeepLargest(mask, probability.Width), probability.Width);
    }
}
