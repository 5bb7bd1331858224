namespace CxrLab.Explain;

/// <summary>
/// Fills removed pixels so that each is the weighted mean of its eight neighbours (1/6 beside it, 1/12 at the corners), plus a little noise
/// (Rong et al., ICML 2022). The hole then no longer shows the shape of what was removed, which a plain patch would tell the model.
/// </summary>
internal static class NoisyLinearImputer
{
    private static readonly (int Down, int Right, double Weight)[] Neighbours =
        [(0, 1, 1 / 6.0), (1, 0, 1 / 6.0), (0, -1, 1 / 6.0), (-1, 0, 1 / 6.0), (1, 1, 1 / 12.0), (1, -1, 1 / 12.0), (-1, 1, 1 / 12.0), (-1, -1, 1 / 12.0)];

    /// <param name="pixels">One channel [H × W] in reading order.</param>
    /// <param name="removed">[H × W].</param>
    /// <param name="width">W.</param>
    /// <param name="noise">Standard deviation of the noise.</param>
    /// <param name="random">Draws the noise.</param>
    /// <returns>A filled copy. Where everything is removed nothing is known, and all pixels become 0 plus noise.</returns>
    internal static float[] Fill(float[] pixels, bool[] removed, int width, double noise, Random random)
    {
        int[] holes = [.. Enumerable.Range(0, pixels.Length).Where(i => removed[i])];
        float[] filled = [.. pixels];
        if (holes.Length == 0) return filled;
        double[] solved = holes.Length == pixels.Length ? new double[holes.Length] : Solve(pixels, removed, holes, width);
        for (int i = 0; i < holes.Length; i++) filled[holes[i]] = (float)(solved[i] + (noise * random.NextGaussian()));
        return filled;
    }

    // The system is symmetric and positive definite as soon as one pixel is known, so conjugate gradients solve it (Hestenes and Stiefel, 1952).
    private static double[] Solve(float[] pixels, bool[] removed, int[] holes, int width)
    {
        int[] numberOf = new int[pixels.Length];
        for (int i = 0; i < holes.Length; i++) numberOf[holes[i]] = i;
        double[] x = new double[holes.Length], residual = new double[holes.Length], image = new double[holes.Length];
        for (int i = 0; i < holes.Length; i++)
            foreach ((int at, double weight) in Around(holes[i], pixels.Length, width))
                if (!removed[at]) residual[i] += weight * pixels[at];
        double[] direction = [.. residual];
        double square = Dot(residual, residual), enough = 1e-18 * square;
        for (int round = 0; round < 20 * holes.Length && square > enough; round++)
        {
            Multiply(direction, image, removed, holes, numberOf, pixels.Length, width);
            double step = square / Dot(direction, image);
            for (int i = 0; i < x.Length; i++) (x[i], residual[i]) = (x[i] + (step * direction[i]), residual[i] - (step * image[i]));
            double next = Dot(residual, residual);
            for (int i = 0; i < x.Length; i++) direction[i] = residual[i] + (next / square * direction[i]);
            square = next;
        }

        return x;
    }

    private static void Multiply(double[] x, double[] product, bool[] removed, int[] holes, int[] numberOf, int pixels, int width)
    {
        for (int i = 0; i < holes.Length; i++)
        {
            double own = 0, others = 0;
            foreach ((int at, double weight) in Around(holes[i], pixels, width))
            {
                own += weight; // at the image's edge fewer neighbours share the mean
                if (removed[at]) others += weight * x[numberOf[at]];
            }

            product[i] = (own * x[i]) - others;
        }
    }

    private static IEnumerable<(int At, double Weight)> Around(int pixel, int pixels, int width)
    {
        int y = pixel / width, x = pixel % width;
        foreach ((int down, int right, double weight) in Neighbours)
            if (y + down >= 0 && y + down < pixels / width && x + right >= 0 && x + right < width) yield return (pixel + (down * width) + right, weight);
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
