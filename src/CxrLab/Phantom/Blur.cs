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

    private static float[] Kernel(float sigma)
    {
        int reach = Math.Max(1, (int)MathF.Ceiling(3 * sigma));
        float[] kernel = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(k => MathF.Exp(-0.5f * k * k / (sigma * sigma)))];
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
