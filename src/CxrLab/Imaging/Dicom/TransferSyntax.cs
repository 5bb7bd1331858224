namespace CxrLab.Imaging.Dicom;

/// <summary>How a DICOM file's data set and pixels are coded (PS3.5 annex A).</summary>
/// <param name="Uid">As in (0002,0010).</param>
/// <param name="Name">The name in PS3.6.</param>
public sealed record TransferSyntax(string Uid, string Name)
{
    /// <summary>No representations in the file: a reader must know its dictionary.</summary>
    public static TransferSyntax ImplicitLittleEndian { get; } = new("1.2.840.10008.1.2", "Implicit VR Little Endian");

    /// <summary>The usual uncompressed form.</summary>
    public static TransferSyntax ExplicitLittleEndian { get; } = new("1.2.840.10008.1.2.1", "Explicit VR Little Endian");

    /// <summary>8-bit lossy JPEG in fragments.</summary>
    public static TransferSyntax JpegBaseline { get; } = new("1.2.840.10008.1.2.4.50", "JPEG Baseline (Process 1)");

    internal static TransferSyntax BigEndian { get; } = new("1.2.840.10008.1.2.2", "Explicit VR Big Endian");

    // What can't be read is still called by its name.
    private static readonly TransferSyntax[] Known =
    [
        ImplicitLittleEndian, ExplicitLittleEndian, JpegBaseline, BigEndian,
        new("1.2.840.10008.1.2.1.98", "Encapsulated Uncompressed Explicit VR Little Endian"),
        new("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian"),
        new("1.2.840.10008.1.2.4.51", "JPEG Extended (Process 2 and 4)"),
        new("1.2.840.10008.1.2.4.53", "JPEG Spectral Selection, Non-Hierarchical (Process 6 and 8)"),
        new("1.2.840.10008.1.2.4.55", "JPEG Full Progression, Non-Hierarchical (Process 10 and 12)"),
        new("1.2.840.10008.1.2.4.57", "JPEG Lossless, Non-Hierarchical (Process 14)"),
        new("1.2.840.10008.1.2.4.70", "JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1])"),
        new("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless Image Compression"),
        new("1.2.840.10008.1.2.4.81", "JPEG-LS Lossy (Near-Lossless) Image Compression"),
        new("1.2.840.10008.1.2.4.90", "JPEG 2000 Image Compression (Lossless Only)"),
        new("1.2.840.10008.1.2.4.91", "JPEG 2000 Image Compression"),
        new("1.2.840.10008.1.2.4.92", "JPEG 2000 Part 2 Multi-component Image Compression (Lossless Only)"),
        new("1.2.840.10008.1.2.4.93", "JPEG 2000 Part 2 Multi-component Image Compression"),
        new("1.2.840.10008.1.2.4.94", "JPIP Referenced"),
        new("1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate"),
        new("1.2.840.10008.1.2.4.100", "MPEG2 Main Profile / Main Level"),
        new("1.2.840.10008.1.2.4.101", "MPEG2 Main Profile / High Level"),
        new("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile / Level 4.1"),
        new("1.2.840.10008.1.2.4.103", "MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1"),
        new("1.2.840.10008.1.2.4.104", "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video"),
        new("1.2.840.10008.1.2.4.105", "MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video"),
        new("1.2.840.10008.1.2.4.106", "MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2"),
        new("1.2.840.10008.1.2.4.107", "HEVC/H.265 Main Profile / Level 5.1"),
        new("1.2.840.10008.1.2.4.108", "HEVC/H.265 Main 10 Profile / Level 5.1"),
        new("1.2.840.10008.1.2.4.110", "JPEG XL Lossless"),
        new("1.2.840.10008.1.2.4.111", "JPEG XL JPEG Recompression"),
        new("1.2.840.10008.1.2.4.112", "JPEG XL"),
        new("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Image Compression (Lossless Only)"),
        new("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)"),
        new("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000 Image Compression"),
        new("1.2.840.10008.1.2.5", "RLE Lossless"),
        new("1.2.840.10008.1.2.6.1", "RFC 2557 MIME encapsulation"),
        new("1.2.840.10008.1.2.6.2", "XML Encoding"),
    ];

    /// <summary>By UID; one that isn't in PS3.6 is called "unknown".</summary>
    public static TransferSyntax Of(string uid) => Known.FirstOrDefault(syntax => syntax.Uid == uid) ?? new TransferSyntax(uid, "unknown");

    /// <summary>Data set coded in a way that this library can parse. Compressed pixels may sit in one whose tags are readable all the same.</summary>
    internal bool CanParse => this != BigEndian && Uid is not ("1.2.840.10008.1.2.1.99" or "1.2.840.10008.1.2.4.95");

    /// <summary>Pixels that this library can decode.</summary>
    public bool HasReadablePixels => this == ImplicitLittleEndian || this == ExplicitLittleEndian || this == JpegBaseline;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Uid})";
}
