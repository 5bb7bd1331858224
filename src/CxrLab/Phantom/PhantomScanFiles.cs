using System.Globalization;
using CxrLab.Imaging.Dicom;

namespace CxrLab.Phantom;

/// <summary>Writes a synthetic scan as a series of DICOM slices, for <see cref="DicomSeries"/> and any viewer.</summary>
public static class PhantomScanFiles
{
    private const double Darkest = -1000, Brightest = 400; // HU, as PhantomSlice says
    private const int Bits = 12;

    /// <summary>Writes one file a slice, with positions in mm and values in Hounsfield units; file names don't give the order away.</summary>
    /// <param name="stack">The scan.</param>
    /// <param name="folder">Made where it doesn't exist.</param>
    public static void WriteDicom(PhantomStack stack, string folder)
    {
        ArgumentNullException.ThrowIfNull(stack);
        PhantomCase one = stack.Case;
        const double slope = (Brightest - Darkest) / ((1 << Bits) - 1);
        string study = DicomUid.Of(one.Seed, one.Patient, one.FollowUp, Streams.Slices), series = DicomUid.Of(one.Seed, one.Patient, one.FollowUp, Streams.Slices, 1);
        for (int k = 0; k < stack.Slices.Count; k++)
        {
            PhantomSlice slice = stack.Slices[k];
            string name = Seed.Of(one.Seed, one.Patient, one.FollowUp, Streams.Slices, k).ToString("x8", CultureInfo.InvariantCulture);
            double half = -slice.Image.Width * stack.MmPerPixel / 2;
            DicomWriter.Write(Path.Combine(folder, name + ".dcm"), slice.Image, new DicomHeader(study, series, DicomUid.Of(one.Seed, one.Patient, one.FollowUp, Streams.Slices, 2, k), $"{one.Patient:D8}")
            {
                Modality = "CT",
                PatientSex = LayoutIds.Letter(one.Sex).ToString(),
                PatientAge = one.Age,
                BitsStored = Bits,
                InstanceNumber = k + 1,
                PixelSpacing = (stack.MmPerPixel, stack.MmPerPixel),
                SliceThickness = stack.SpacingMm,
                Rescale = (slope, Darkest),
                Window = new DicomWindow((Darkest + Brightest) / 2, Brightest - Darkest),
                // DICOM's axes run to the patient's left, back and head; slices come from head to foot.
                Position = [half, half, -slice.Position],
                Orientation = [1, 0, 0, 0, 1, 0],
            });
        }
    }
}
