using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>What stands where evidence is taken away. No choice is neutral: a black patch in a chest is itself a sight.</summary>
public abstract record Baseline
{
    private Baseline()
    {
    }

    /// <summary>0 everywhere, which after normalisation by image is its mean grey.</summary>
    public static Baseline Zero { get; } = new Zeros();

    /// <summary>The image's darkest value everywhere.</summary>
    public static Baseline Black { get; } = new Darkest();

    /// <summary>The image without detail: a Gaussian blur.</summary>
    /// <param name="sigma">Standard deviation in pixels, above 0.</param>
    public static Baseline Blur(double sigma = 8) => sigma > 0
        ? new Blurred(sigma)
        : throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "The blur must be above 0 pixels.");

    /// <param name="images">[B, C, H, W].</param>
    /// <returns>Of the same shape.</returns>
    internal abstract Tensor For(Tensor images);

    private sealed record Zeros : Baseline
    {
        internal override Tensor For(Tensor images) => zeros_like(images);
    }

    private sealed record Darkest : Baseline
    {
        internal override Tensor For(Tensor images) => images.amin([1, 2, 3], keepdim: true).expand_as(images);
    }

    private sealed record Blurred(double Sigma) : Baseline
    {
        internal override Tensor For(Tensor images)
        {
            using var scope = NewDisposeScope();
            int height = (int)images.shape[2], width = (int)images.shape[3];
            var down = Mixing(height).to(images.dtype).to(images.device);                 // [H, H]
            var across = Mixing(width).to(images.dtype).to(images.device);                // [W, W]
            return down.matmul(images).matmul(across.t()).MoveToOuterDisposeScope();
        }

        // Row i says how much of each pixel goes into blurred pixel i. Rows sum to 1 at the edges too.
        private Tensor Mixing(int length)
        {
            double[,] weights = new double[length, length];
            for (int i = 0; i < length; i++)
            {
                double sum = 0;
                for (int j = 0; j < length; j++) sum += weights[i, j] = Math.Exp(-(i - j) * (double)(i - j) / (2 * Sigma * Sigma));
                for (int j = 0; j < length; j++) weights[i, j] /= sum;
            }

            return tensor(weights);
        }
    }
}
