using System.Buffers.Binary;

namespace CxrLab.Imaging.Dicom;

/// <summary>Writes grey images as DICOM files: one frame, explicit VR little endian, uncompressed; equal input gives equal bytes.</summary>
public static class DicomWriter
{
    private const string ImplementationUid = "2.25.184467440737095516151298403417";

    /// <summary>Writes a file; it appears whole or not at all.</summary>
    public static void Write(string path, GrayImage image, DicomHeader header) => AtomicFile.Write(path, Encode(image, header));

    /// <summary>The file's bytes.</summary>
    /// <param name="image">[H, W] in [0, 1]; values outside are clipped.</param>
    /// <param name="header">What stands beside the pixels.</param>
    /// <exception cref="ArgumentException">BitsStored isn't 8 to 16, or a side is above 65,535.</exception>
    public static byte[] Encode(GrayImage image, DicomHeader header)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(header);
        if (header.BitsStored is < 8 or > 16) throw new ArgumentException($"DICOM images are written with 8 to 16 bits; got {header.BitsStored}.", nameof(header));
        if (Math.Max(image.Width, image.Height) > ushort.MaxValue) throw new ArgumentException($"A DICOM image has at most {ushort.MaxValue} rows and columns; got {image}.", nameof(image));
        string sopClass = SopClass(header.Modality);
        byte[] meta = Meta(sopClass, header.InstanceUid), data = DataSet(image, header, sopClass).Encode();
        return [.. new byte[128], .. "DICM"u8, .. meta, .. data];
    }

    private static byte[] Meta(string sopClass, string instance)
    {
        byte[] rest = new DicomElements()
            .Bytes(DicomTags.FileMetaInformationVersion, "OB", [0, 1])
            .Text(DicomTags.MediaStorageSopClassUid, sopClass)
            .Text(DicomTags.MediaStorageSopInstanceUid, instance)
            .Text(DicomTags.TransferSyntaxUid, TransferSyntax.ExplicitLittleEndian.Uid)
            .Text(DicomTags.ImplementationClassUid, ImplementationUid)
            .Text(DicomTags.ImplementationVersionName, "CXRLAB").Encode();
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, rest.Length);
        return [.. new DicomElements().Bytes(DicomTags.FileMetaInformationGroupLength, "UL", length).Encode(), .. rest];
    }

    private static DicomElements DataSet(GrayImage image, DicomHeader header, string sopClass)
    {
        DicomElements data = new DicomElements()
            .Text(DicomTags.ImageType, @"DERIVED\PRIMARY")
            .Text(DicomTags.SopClassUid, sopClass).Text(DicomTags.SopInstanceUid, header.InstanceUid)
            .Text(DicomTags.StudyDate, header.StudyDate).Text(DicomTags.StudyTime, null).Text(DicomTags.AccessionNumber, null)
            .Text(DicomTags.Modality, header.Modality).Text(DicomTags.Manufacturer, null).Text(DicomTags.ReferringPhysicianName, null)
            .TextIfAny(DicomTags.SeriesDescription, header.SeriesDescription)
            .Text(DicomTags.PatientName, null).Text(DicomTags.PatientId, header.PatientId)
            .Text(DicomTags.PatientBirthDate, null).Text(DicomTags.PatientSex, header.PatientSex)
            .TextIfAny(DicomTags.PatientAge, header.PatientAge is { } age ? $"{Math.Clamp(age, 0, 999):000}Y" : null)
            .Text(DicomTags.BodyPartExamined, "CHEST").TextIfAny(DicomTags.ViewPosition, header.ViewPosition)
            .Text(DicomTags.StudyInstanceUid, header.StudyUid).Text(DicomTags.SeriesInstanceUid, header.SeriesUid)
            .Text(DicomTags.StudyId, null).Text(DicomTags.SeriesNumber, "1").Text(DicomTags.InstanceNumber, $"{header.InstanceNumber ?? 1}")
            .Text(DicomTags.BurnedInAnnotation, "NO");
        if (header.Modality == "DX") data.Text(DicomTags.PresentationIntentType, "FOR PRESENTATION").Text(DicomTags.PresentationLutShape, header.Monochrome1 ? "INVERSE" : "IDENTITY");
        Geometry(data, header);
        Pixels(data, image, header);
        return data;
    }

    private static void Geometry(DicomElements data, DicomHeader header)
    {
        if (header.PixelSpacing is { } spacing) data.Decimals(header.Modality == "CT" ? DicomTags.PixelSpacing : DicomTags.ImagerPixelSpacing, spacing.Row, spacing.Column);
        if (header.Position is { } position) data.Decimals(DicomTags.ImagePositionPatient, position);
        if (header.Orientation is { } orientation) data.Decimals(DicomTags.ImageOrientationPatient, orientation);
        if (header.SliceThickness is { } thickness) data.Decimals(DicomTags.SliceThickness, thickness);
        if (header.GantryTilt is { } tilt) data.Decimals(DicomTags.GantryDetectorTilt, tilt);
    }

    private static void Pixels(DicomElements data, GrayImage image, DicomHeader header)
    {
        int allocated = header.BitsStored <= 8 ? 8 : 16;
        data.Words(DicomTags.SamplesPerPixel, 1)
            .Text(DicomTags.PhotometricInterpretation, header.Monochrome1 ? "MONOCHROME1" : "MONOCHROME2")
            .Words(DicomTags.Rows, image.Height).Words(DicomTags.Columns, image.Width)
            .Words(DicomTags.BitsAllocated, allocated).Words(DicomTags.BitsStored, header.BitsStored)
            .Words(DicomTags.HighBit, header.BitsStored - 1).Words(DicomTags.PixelRepresentation, 0);
        if (header.Rescale is { } line) data.Decimals(DicomTags.RescaleSlope, line.Slope).Decimals(DicomTags.RescaleIntercept, line.Intercept).Text(DicomTags.RescaleType, header.Modality == "CT" ? "HU" : "US");
        if (header.Window is { } window)
        {
            data.Decimals(DicomTags.WindowCenter, window.Center).Decimals(DicomTags.WindowWidth, window.Width);
            if (window.Function != WindowFunction.Linear) data.Text(DicomTags.VoiLutFunction, window.Function == WindowFunction.Sigmoid ? "SIGMOID" : "LINEAR_EXACT");
        }

        int largest = (1 << header.BitsStored) - 1;
        byte[] bytes = new byte[image.Pixels.Length * (allocated / 8)];
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            int value = (int)Math.Floor(Math.Clamp((double)image.Pixels[i], 0, 1) * largest + 0.5);
            if (header.Monochrome1) value = largest - value;
            if (allocated == 8) bytes[i] = (byte)value;
            else BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), (ushort)value);
        }

        data.Bytes(DicomTags.PixelData, allocated == 8 ? "OB" : "OW", bytes);
    }

    private static string SopClass(string modality) => modality switch
    {
        "DX" => "1.2.840.10008.5.1.4.1.1.1.1",
        "CR" => "1.2.840.10008.5.1.4.1.1.1",
        "CT" => "1.2.840.10008.5.1.4.1.1.2",
        _ => throw new ArgumentException($"Modality {modality} isn't written; DX, CR and CT are.", nameof(modality)),
    };
}
