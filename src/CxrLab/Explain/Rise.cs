using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// RISE (Petsiuk et al., BMVC 2018): the image is shown through many random soft masks; a pixel's evidence is the mean score of the masks
/// that show it, <c>1 / (N p) Σ s_i M_i</c>. The score is the logit here, as in all methods.
/// </summary>
public sealed record Rise : Explanation
{
    /// <inheritdoc/>
    public override string Name => "rise";

    /// <summary>Number of masks; thousands for a quiet map.</summary>
    public int Masks { get; init; } = 500;

    /// <summary>Rows and columns of the coarse grid of a mask.</summary>
    public int Cells { get; init; } = 7;

    /// <summary>Share of cells shown, p in (0, 1).</summary>
    public double Keep { get; init; } = 0.5;

    /// <summary>
    /// Takes the mean score from every score first, so that 0 means "no matter"; false is the paper's map, which is about the mean score
    /// everywhere.
    /// </summary>
    public bool Centred { get; init; } = true;

    /// <summary>Seed of the masks.</summary>
    public int Seed { get; init; }

    /// <summary>What stands where a mask hides the image.</summary>
    public Baseline Fill { get; init; } = Baseline.Zero;

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        if (Masks < 1 || Cells < 1 || Keep is not (> 0 and < 1)) throw new ArgumentException($"RISE needs masks, cells, and a share to keep in (0, 1); got {this}.");
        using var noGradients = no_grad();
        int height = (int)images.shape[2], width = (int)images.shape[3];
        Tensor fill = Fill.For(images);
        return ByImage(model, targets, image =>
        {
            Tensor scores = Perturbed.Logits(model, Masks, (from, count) => Perturbed.Masked(images[image], fill[image], Draw(from, count, height, width).to(images.dtype).to(images.device)));
            if (Centred) scores = scores - scores.mean([0], keepdim: true);               // [N, K]
            Tensor sum = zeros(model.Labels.Count, height, width, dtype: images.dtype, device: images.device);
            for (int from = 0; from < Masks; from += Perturbed.BatchSize)
            {
                using var scope = NewDisposeScope();
                int count = Math.Min(Perturbed.BatchSize, Masks - from);
                Tensor masks = Draw(from, count, height, width).to(images.dtype).to(images.device); // drawn again: cheaper than kept
                sum.add_(einsum("nk,nhw->khw", scores.narrow(0, from, count), masks.squeeze(1)));
            }

            return sum / Constant.Like(sum, Masks * Keep);
        });
    }

    // Mask i has its own stream, so the maps of a batch and of one image are the same.
    private Tensor Draw(int from, int count, int height, int width)
    {
        using var scope = NewDisposeScope();
        int tall = (height + Cells - 1) / Cells, wide = (width + Cells - 1) / Cells;
        var masks = new Tensor[count];
        for (int i = 0; i < count; i++)
        {
            Random random = CxrLab.Seed.Random(Seed, from + i);
            float[] grid = [.. Enumerable.Range(0, Cells * Cells).Select(_ => random.NextDouble() < Keep ? 1f : 0f)];
            Tensor large = nn.functional.interpolate(tensor(grid).reshape(1, 1, Cells, Cells), [(Cells + 1) * tall, (Cells + 1) * wide], mode: InterpolationMode.Bilinear, align_corners: false);
            masks[i] = large.narrow(2, random.Next(tall), height).narrow(3, random.Next(wide), width);
        }

        return cat(masks, 0).MoveToOuterDisposeScope(); // [n, 1, H, W]
    }
}
