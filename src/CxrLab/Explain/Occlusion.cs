using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Occlusion (Zeiler and Fergus, ECCV 2014): a square window hides part of the image; a pixel's evidence is the mean fall of the logit over
/// the windows that cover it. Above 0, hiding the place makes the finding less likely.
/// </summary>
public sealed record Occlusion : Explanation
{
    /// <inheritdoc/>
    public override string Name => "occlusion";

    /// <summary>Side of the window as a share of the image's side, in (0, 1).</summary>
    public double Window { get; init; } = 0.2;

    /// <summary>Step of the window as a share of its side, in (0, 1].</summary>
    public double Stride { get; init; } = 0.5;

    /// <summary>What the window shows.</summary>
    public Baseline Fill { get; init; } = Baseline.Zero;

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        if (Window is not (> 0 and < 1) || Stride is not (> 0 and <= 1))
            throw new ArgumentException($"The window is a share of the image in (0, 1), its step a share of the window in (0, 1]; got {this}.");
        using var noGradients = no_grad();
        int height = (int)images.shape[2], width = (int)images.shape[3];
        Tensor masks = Masks(height, width).to(images.dtype).to(images.device);           // [N, 1, H, W], 0 in the window
        Tensor hidden = ones_like(masks) - masks;
        Tensor cover = hidden.sum(dim: 0);                                                // [1, H, W]
        Tensor fill = Fill.For(images), logits = model.call(images);
        return ByImage(model, targets, image =>
        {
            Tensor changed = Perturbed.Logits(model, (int)masks.shape[0], (from, count) => Perturbed.Masked(images[image], fill[image], masks.narrow(0, from, count)));
            Tensor fall = logits[image] - changed;                                        // [N, K]
            return einsum("nk,nhw->khw", fall, hidden.squeeze(1)) / cover;
        });
    }

    private Tensor Masks(int height, int width)
    {
        int[] rows = [.. Starts(height, out int tall)], columns = [.. Starts(width, out int wide)];
        Tensor masks = ones(rows.Length * columns.Length, 1, height, width);
        for (int i = 0; i < rows.Length * columns.Length; i++)
            masks[i].narrow(1, rows[i / columns.Length], tall).narrow(2, columns[i % columns.Length], wide).zero_();
        return masks;
    }

    // The last window ends at the edge, so that every pixel is covered.
    private List<int> Starts(int length, out int window)
    {
        window = Math.Clamp((int)Math.Round(Window * length), 1, length);
        int step = Math.Max(1, (int)Math.Round(Stride * window));
        var starts = new List<int>();
        for (int at = 0; at < length - window; at += step) starts.Add(at);
        starts.Add(length - window);
        return starts;
    }
}
