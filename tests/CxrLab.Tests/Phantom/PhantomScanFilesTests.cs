using CxrLab.Imaging.Dicom;
using CxrLab.Phantom;
using TorchSharp;
using Xunit;

namespace CxrLab.Tests.Phantom;

public class PhantomScanFilesTests
{
    [Fact]
    public void WriteDicom_ReadAsSeries_HasThePhantomsSlicesFromFootToHeadInHounsfieldUnits()
    {
        using var scratch = new Scratch();
        PhantomStack stack = ChestSlices.Render(PhantomTestTools.Case(2, View.PA, new PlannedFinding(Finding.Mass, 0.8)), 64, slices: 6);
        PhantomScanFiles.WriteDicom(stack, scratch.Parent);
        DicomSeries series = DicomSeries.Read(scratch.Parent);
        Assert.Empty(series.Remarks);
        Assert.Equal(stack.SpacingMm, series.SliceSpacing!.Value, 1e-3);
        Assert.Equal(stack.MmPerPixel, series.PixelSpacing!.Value.Row, 1e-6);
        using torch.Tensor tensor = series.ToTensor();
        Assert.Equal([6, 1, 64, 64], tensor.shape);
        for (int k = 0; k < 6; k++)
        {
            // Places grow towards the head, the phantom's slices towards the feet.
            float[] read = tensor[k, 0].data<float>().ToArray();
            ReadOnlySpan<float> drawn = stack.Slices[5 - k].Image.Pixels;
            for (int i = 0; i < read.Length; i++) Assert.Equal(drawn[i], read[i], 1e-3f); // 12 bits, and a window whose ends are half a unit off
            double[] units = DicomImage.Read(series.Slices[k].Path).ModalityValues();
            for (int i = 0; i < read.Length; i++) Assert.Equal(-1000 + 1400 * drawn[i], units[i], 0.2);
        }
    }
}
