using System.Numerics;
using CxrLab.Imaging;
using CxrLab.Phantom;
using MathNet.Numerics.IntegralTransforms;
using Xunit;

namespace CxrLab.Tests.Phantom;

/// <summary>Grey values and power spectrum beside real radiographs: the numbers of docs/phantom.md.</summary>
public sealed class RealismTests
{
    private const int Side = 128, Images = 100;

    [Fact]
    public void Render_BesideRealRadiographs_HistogramAndSpectrumAreClose()
    {
        string folder = RealData.Require("nih", "images");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.png").Order(StringComparer.Ordinal)];
        float[][] real = [.. Enumerable.Range(0, Images).Select(k => GrayImage.Read(files[k * files.Length / Images]).Resize(Side, Side).Pixels.ToArray())];
        float[][] drawn = [.. PhantomCohort.Draw(new PhantomOptions { Count = Images, Seed = 77 }).Select(one => ChestPhantom.Render(one, 2 * Side).Image.Resize(Side, Side).Pixels.ToArray())];

        double overlap = Histogram(real).Zip(Histogram(drawn), Math.Min).Sum();
        double[] a = Spectrum(real), b = Spectrum(drawn);
        double[] ratio = [.. Enumerable.Range(1, Side / 2 - 1).Select(k => Math.Abs(Math.Log10(a[k] / b[k])))];
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"overlap {overlap:F3}; |log10 power ratio| mean {ratio.Average():F3}, largest {ratio.Max():F3}; mean grey {real.Average(Mean):F3} and {drawn.Average(Mean):F3}; "
            + $"slope {Slope(a):F2} and {Slope(b):F2}");
        Assert.True(overlap > 0.85, $"histograms overlap by {overlap:F3}");
        Assert.True(ratio.Average() < 0.2, $"power differs by a factor of 10^{ratio.Average():F2} in the mean");
        Assert.InRange(Slope(a) - Slope(b), -0.5, 0.5);
    }

    private static double Mean(float[] image) => image.Average();

    private static double[] Histogram(float[][] images)
    {
        double[] shares = new double[64];
        foreach (float pixel in images.SelectMany(image => image)) shares[Math.Min(63, (int)(64 * pixel))] += 1.0 / (images.Length * Side * Side);
        return shares;
    }

    // Mean power by distance from the middle of the plane of frequencies, under a Hann window.
    private static double[] Spectrum(float[][] images)
    {
        double[] power = new double[Side], cells = new double[Side];
        foreach (float[] image in images)
        {
            double mean = image.Average();
            var rows = new Complex[Side][];
            for (int y = 0; y < Side; y++)
            {
                rows[y] = [.. Enumerable.Range(0, Side).Select(x => new Complex((image[y * Side + x] - mean) * Hann(x) * Hann(y), 0))];
                Fourier.Forward(rows[y], FourierOptions.NoScaling);
            }

            for (int x = 0; x < Side; x++)
            {
                Complex[] column = [.. rows.Select(row => row[x])];
                Fourier.Forward(column, FourierOptions.NoScaling);
                for (int y = 0; y < Side; y++)
                {
                    int radius = (int)Math.Sqrt(Math.Pow(Math.Min(x, Side - x), 2) + Math.Pow(Math.Min(y, Side - y), 2));
                    power[radius] += column[y].Magnitude * column[y].Magnitude;
                    cells[radius]++;
                }
            }
        }

        return [.. power.Zip(cells, (sum, count) => count > 0 ? sum / count : 0)];
    }

    private static double Hann(int k) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * k / (Side - 1)));

    // Exponent of the power law between 4 and 50 cycles per side.
    private static double Slope(double[] power)
    {
        double[] x = [.. Enumerable.Range(4, 46).Select(k => Math.Log(k))], y = [.. Enumerable.Range(4, 46).Select(k => Math.Log(power[k]))];
        double mx = x.Average(), my = y.Average();
        return x.Zip(y, (u, v) => (u - mx) * (v - my)).Sum() / x.Sum(u => (u - mx) * (u - mx));
    }
}
