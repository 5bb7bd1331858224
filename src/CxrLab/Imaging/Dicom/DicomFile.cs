using System.Buffers.Binary;

namespace CxrLab.Imaging.Dicom;

/// <summary>
/// A DICOM file (PS3.10): its meta header and its data set. With or without preamble and meta header, explicit or implicit VR, little endian.
/// <para>DICOM headers name patients, and letters may be burnt into the pixels: de-identify before anything leaves your house.</para>
/// </summary>
public sealed class DicomFile
{
    private const int PreambleLength = 128;

    private DicomFile(string name, DicomDataSet meta, DicomDataSet data, TransferSyntax syntax, IReadOnlyList<string> remarks) =>
        (Name, Meta, Data, TransferSyntax, Remarks) = (name, meta, data, syntax, remarks);

    /// <summary>The file's path, or the name given for bytes in memory.</summary>
    public string Name { get; }

    /// <summary>Group 0002; empty where the file has no meta header.</summary>
    public DicomDataSet Meta { get; }

    /// <summary>The data set.</summary>
    public DicomDataSet Data { get; }

    /// <summary>How the data set is coded; guessed from its first element where the header doesn't say.</summary>
    public TransferSyntax TransferSyntax { get; }

    /// <summary>What is odd about the file but didn't stop it from being read.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImageFormatException">It is missing, no DICOM, cut off, damaged, or its data set is deflated or big endian.</exception>
    public static DicomFile Read(string path) => Decode(ImageFile.ReadBytes(path), path);

    /// <summary>Parses a file in memory.</summary>
    /// <param name="bytes">The whole file; values stay views into it, don't change it afterwards.</param>
    /// <param name="name">Named in errors.</param>
    /// <exception cref="ImageFormatException">As for <see cref="Read"/>.</exception>
    public static DicomFile Decode(byte[] bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var source = new DicomSource(name);
        var remarks = new List<string>();
        var parser = new DicomParser(bytes, source, remarks);
        int at = HasPreamble(bytes) ? PreambleLength + 4 : 0;
        if (at == 0) remarks.Add("no preamble");
        if (at == 0 && !LooksLikeElement(bytes)) throw source.Error("this is no DICOM file: there is no DICM at byte 128 and no element at the start.");
        DicomDataSet meta = parser.ReadWhile(ref at, !DicomParser.IsExplicit(bytes, at), tag => tag.Group == 2);
        if (at >= bytes.Length) throw source.Error("the file ends after its meta header; there is no data set. Fetch it again.");
        TransferSyntax syntax = meta.Text(DicomTags.TransferSyntaxUid) is { } uid ? TransferSyntax.Of(uid) : Guess(bytes, at, remarks);
        if (!syntax.CanParse) throw source.Error($"the transfer syntax {syntax} isn't supported; {Convert}.");
        bool implicitVr = !DicomParser.IsExplicit(bytes, at);
        if (implicitVr != (syntax == TransferSyntax.ImplicitLittleEndian)) remarks.Add($"the header says {syntax.Name}, but the data set has {(implicitVr ? "implicit" : "explicit")} VR");
        return new DicomFile(name, meta, parser.ReadWhile(ref at, implicitVr, _ => true), syntax, remarks);
    }

    /// <summary>Whether the bytes are a DICOM file: DICM at byte 128, or at the start an element of group 0002 or 0008.</summary>
    public static bool IsDicom(ReadOnlySpan<byte> bytes) => HasPreamble(bytes) || LooksLikeElement(bytes);

    internal const string Convert = "convert the file first, for instance with `gdcmconv --raw IN OUT` or `dcmdjpeg IN OUT`";

    private static bool HasPreamble(ReadOnlySpan<byte> bytes) => bytes.Length >= PreambleLength + 4 && bytes.Slice(PreambleLength, 4).SequenceEqual("DICM"u8);

    private static bool LooksLikeElement(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8) return false;
        ushort group = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (group is 0x0200 or 0x0800) return DicomVr.IsKnown(bytes[4], bytes[5]); // big endian, to be refused by its name
        return group is 2 or 8 && (DicomParser.IsExplicit(bytes, 0) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) is > 0 and <= 1024);
    }

    private static TransferSyntax Guess(ReadOnlySpan<byte> bytes, int at, List<string> remarks)
    {
        // Groups are small numbers: 0008 read the wrong way round is 0800.
        bool bigEndian = bytes.Length - at >= 2 && BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) >= 0x0100;
        TransferSyntax guess = bigEndian ? TransferSyntax.BigEndian : DicomParser.IsExplicit(bytes, at) ? TransferSyntax.ExplicitLittleEndian : TransferSyntax.ImplicitLittleEndian;
        remarks.Add($"no transfer syntax in the header; taken for {guess.Name}");
        return guess;
    }
}
