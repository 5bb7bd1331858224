using System.Globalization;
using System.Text.Json;
using CxrLab.Imaging;
using CxrLab.Imaging.Dicom;
using Xunit;

namespace CxrLab.Tests.Imaging.Dicom;

/// <summary>pydicom's numbers are ours, on its own test files and on odd files that it writes; what can't be read is refused by name.</summary>
public class PydicomTests(PydicomOracle oracle) : IClassFixture<PydicomOracle>
{
    [Theory]
    [InlineData("stored", 400)]
    [InlineData("modality", 400)]
    [InlineData("voi", 390)]
    public void DicomImage_EveryReadableFile_GivesPydicomsNumbers(string step, int least)
    {
        int compared = 0;
        var wrong = new List<string>();
        foreach (JsonElement file in oracle.Require())
        {
            if (!TransferSyntax.Of(Text(file, "syntax")).HasReadablePixels || !file.TryGetProperty(step, out _)) continue;
            compared++;
            if (Difference(file, step) is { } difference) wrong.Add($"{Text(file, "name")}: {difference}");
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {compared} differ:\n{string.Join('\n', wrong.Take(40))}");
        Assert.True(compared >= least, $"only {compared} files were compared");
    }

    [Fact]
    public void DicomImage_EveryOtherFile_IsRefusedByASayingError()
    {
        foreach (JsonElement file in oracle.Require())
        {
            TransferSyntax syntax = TransferSyntax.Of(Text(file, "syntax"));
            if (Text(file, "error") == "" && syntax.HasReadablePixels) continue;
            try
            {
                DicomImage.Read(Text(file, "file")).StoredValues(); // a few are readable here though not there
            }
            catch (ImageFormatException error)
            {
                Assert.StartsWith(Text(file, "file"), error.Message, StringComparison.Ordinal);
                if (syntax.Uid != "" && !syntax.HasReadablePixels) Assert.Contains(syntax.ToString(), error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static string? Difference(JsonElement file, string step)
    {
        try
        {
            DicomImage image = DicomImage.Read(Text(file, "file"));
            double[] expected = PydicomOracle.Numbers(file, step);
            int at = 0;
            for (int frame = 0; frame < image.Layout.Frames; frame++)
            {
                double[] ours = step switch
                {
                    "stored" => Array.ConvertAll(image.StoredValues(frame), value => (double)value),
                    "modality" => image.ModalityValues(frame),
                    _ => image.VoiValues(frame),
                };
                foreach (double value in ours)
                {
                    if (at >= expected.Length) return $"more than {expected.Length} values";
                    if (Math.Abs(value - expected[at]) > 1e-12 * Math.Max(1, Math.Abs(expected[at])))
                        return string.Create(CultureInfo.InvariantCulture, $"value {at} is {value}, pydicom has {expected[at]}; {image.Layout}");
                    at++;
                }
            }

            return at == expected.Length ? null : $"{at} values, pydicom has {expected.Length}";
        }
        catch (ImageFormatException error)
        {
            return error.Message;
        }
    }

    private static string Text(JsonElement file, string name) => file.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";
}
