namespace CxrLab.Phantom;

/// <summary>Gaussian blur of a square plane.</summary>
internal static class Blur
{
    /// <summary>Blurs in place; edges repeat the border's value.</summary>
    /// <param name="plane">[H·W].</param>
    /// <param name="size">H = W.</param>
    /// <param name="sigma">Standard deviation in pixels. From 3 on, three running means stand for the bell (Wells, 1986).</param>
    public static void Gaussian(float[] plane, int size, float sigma)
    {
        float[] line = new float[size], done = new float[size];
        float[] kernel = sigma < 3 ? Kernel(sigma) : [];
        int width = (int)MathF.Sqrt(4 * sigma * sigma + 1) | 1;
        for (int direction = 0; direction < 2; direction++)
        {
            (int step, int next) = direction == 0 ? (1, size) : (size, 1);
            for (int k = 0; k < size; k++)
            {
                for (int j = 0; j < size; j++) line[j] = plane[k * next + j * step];
                if (kernel.Length > 0) Convolve(line, done, kernel);
                else
                {
                    Mean(line, done, width);
                    Mean(done, line, width);
                    Mean(line, done, width);
                }

                for (int j = 0; j < size; j++) plane[k * next + j * step] = done[j];
            }
        }
    }

    /// <summary>A wide blur on a coarser grid, whose cells are a quarter of <paramref name="sigma"/>: the same to the eye and much faster.</summary>
    /// <param name="plane">[H·W].</param>
    /// <param name="size">H = W.</param>
    /// <param name="sigma">Standard deviation in pixels.</param>
    public static void Coarse(float[] plane, int size, float sigma)
    {
        int cell = (int)Math.Clamp(sigma / 4, 1, 16);
        if (cell == 1)
        {
            Gaussian(plane, size, sigma);
            return;
        }

        int cells = (size + cell - 1) / cell;
        float[] sums = new float[cells * cells], counts = new float[cells * cells];
        for (int row = 0, i = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++, i++)
            {
                int k = row / cell * cells + column / cell;
                sums[k] += plane[i];
                counts[k]++;
            }
        }

        for (int k = 0; k < sums.Length; k++) sums[k] /= counts[k];
        Gaussian(sums, cells, sigma / cell);
        for (int row = 0, i = 0; row < size; row++)
        {
            float v = Math.Clamp((row + 0.5f) / cell - 0.5f, 0, cells - 1);
            int top = Math.Min((int)v, cells - 2);
            for (int column = 0; column < size; column++, i++)
            {
                float h = Math.Clamp((column + 0.5f) / cell - 0.5f, 0, cells - 1);
                int left = Math.Min((int)h, cells - 2), k = top * cells + left;
                float upper = sums[k] + (h - left) * (sums[k + 1] - sums[k]), lower = sums[k + cells] + (h - left) * (sums[k + cells + 1] - sums[k + cells]);
                plane[i] = upper + (v - top) * (lower - upper);
            }
        }
    }

    private static float[] Kernel(float sigma)
    {
        int reach = Math.Max(1, (int)MathF.Ceiling(3 * sigma));
        float[] kernel = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(k => Exact.Exp(-0.5f * k * k / (sigma * sigma)))];
        float sum = kernel.Sum();
        return [.. kernel.Select(k => k / sum)];
    }

    private static void Convolve(float[] from, float[] to, float[] kernel)
    {
        int reach = kernel.Length / 2, last = from.Length - 1;
        for (int j = 0; j <= last; j++)
        {
            float sum = 0;
            for (int k = -reach; k <= reach; k++) sum += kernel[k + reach] * from[Math.Clamp(j + k, 0, last)];
            to[j] = sum;
        }
    }

    private static void Mean(float[] from, float[] to, int width)
    {
        int reach = width / 2, last = from.Length - 1;
        double sum = 0;
        for (int k = -reach; k <= reach; k++) sum += from[Math.Clamp(k, 0, last)];
        for (int j = 0; j <= last; j++)
        {
            to[j] = (float)(sum / width);
            sum += from[Math.Min(j + reach + 1, last)] - from[Math.Max(j - reach, 0)];
        }
    }
}
