using System.Globalization;
using CxrLab.Imaging.Dicom;

namespace CxrLab.Phantom;

/// <summary>A synthetic radiograph as a DICOM file. Its UIDs follow from seed, patient, visit and view; every fourth stores white as 0.</summary>
internal static class LayoutDicom
{
    internal static byte[] Encode(PhantomImage image, string patient, DateOnly? day = null)
    {
        PhantomCase one = image.Case;
        int bits = image.BitDepth, view = (int)one.View;
        return DicomWriter.Encode(image.Image, new DicomHeader(
            DicomUid.Of(one.Seed, one.Patient, one.FollowUp), DicomUid.Of(one.Seed, one.Patient, one.FollowUp, view), DicomUid.Of(one.Seed, one.Patient, one.FollowUp, view, 1), patient)
        {
            BitsStored = bits,
            Monochrome1 = Seed.Of(one.Seed, one.Patient, one.FollowUp, view) % 4 == 0,
            PatientSex = LayoutIds.Letter(one.Sex).ToString(),
            PatientAge = one.Age,
            StudyDate = day?.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            ViewPosition = one.View == View.Lateral ? "LL" : one.View.ToString(),
            PixelSpacing = (Math.Round(image.MmPerPixel, 3), Math.Round(image.MmPerPixel, 3)),
            // The window of all values: shown as drawn.
            Window = new DicomWindow(1 << (bits - 1), 1 << bits),
        });
    }
}
