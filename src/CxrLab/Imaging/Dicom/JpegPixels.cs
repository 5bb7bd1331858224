using System.Buffers.Binary;
using NetVips;

namespace CxrLab.Imaging.Dicom;

/// <summary>Decodes one frame of JPEG baseline pixels (PS3.5 annex A.4) by the image library.</summary>
internal static class JpegPixels
{
    /// <summary>The bytes of one frame's JPEG file, joined from its fragments.</summary>
    internal static byte[] Join(DicomDataSet data, PixelLayout layout, IReadOnlyList<ReadOnlyMemory<byte>> items, int frame)
    {
        if (items.Count < 2) throw data.Error("there are no fragments of compressed pixels; the file is cut off or damaged.");
        ReadOnlySpan<byte> table = items[0].Span; // where each frame begins, counted from behind this table
        ReadOnlyMemory<byte>[] fragments = [.. items.Skip(1)];
        if (layout.Frames == 1) return Joined(fragments);
        if (fragments.Length == layout.Frames) return fragments[frame].ToArray();
        if (table.Length != 4L * layout.Frames)
            throw data.Error($"{layout.Frames} frames come in {fragments.Length} fragments with an offset table of {table.Length / 4} entries; it can't be told which fragment belongs to which frame.");
        long from = BinaryPrimitives.ReadUInt32LittleEndian(table[(4 * frame)..]);
        long to = frame + 1 < layout.Frames ? BinaryPrimitives.ReadUInt32LittleEndian(table[(4 * frame + 4)..]) : long.MaxValue;
        var own = new List<ReadOnlyMemory<byte>>();
        long at = 0;
        foreach (ReadOnlyMemory<byte> fragment in fragments)
        {
            if (at >= from && at < to) own.Add(fragment);
            at += 8 + fragment.Length;
        }

        if (own.Count == 0) throw data.Error($"the offset table sends frame {frame + 1} to byte {from}, where no fragment begins; the file is damaged.");
        return Joined(own);
    }

    /// <summary>
    /// [H, W, samples]. Colours stay as the header calls them: YBR stays YBR, and RGB that was compressed without a colour transform isn't
    /// turned, which the JPEG file alone doesn't tell.
    /// </summary>
    internal static int[] Decode(DicomDataSet data, PixelLayout layout, byte[] jpeg)
    {
        if (layout.BitsAllocated != 8 || layout.Signed) throw data.Error($"JPEG baseline holds unsigned pixels of 8 bits; the header says {layout.BitsAllocated}{(layout.Signed ? ", signed" : "")}.");
        byte[] plain = layout.Samples == 3 ? WithColours(data, layout, jpeg) : jpeg;
        try
        {
            using Image image = Image.JpegloadBuffer(plain, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
            if (image.Height != layout.Rows || image.Width != layout.Columns || image.Bands != layout.Samples)
                throw data.Error($"the header says {layout.Columns} × {layout.Rows} × {layout.Samples}, the JPEG data {image.Width} × {image.Height} × {image.Bands}; one of the two is wrong.");
            if (image.Format != Enums.BandFormat.Uchar) throw data.Error($"the JPEG data has samples of type {image.Format}; baseline has 8 bits.");
            return Array.ConvertAll(image.WriteToMemory<byte>(), sample => (int)sample);
        }
        catch (VipsException error)
        {
            throw data.Error($"the JPEG pixels are cut off or damaged ({error.Message.Replace('\n', ' ').Trim()}); fetch the file again.", error);
        }
    }

    private static byte[] WithColours(DicomDataSet data, PixelLayout layout, byte[] jpeg)
    {
        JpegHeader header = JpegHeader.Read(jpeg) ?? throw data.Error("the compressed pixels aren't a JPEG file; the file is damaged.");
        if (!layout.Photometric.StartsWith("YBR", StringComparison.Ordinal) && layout.Photometric != "RGB") throw data.Error($"JPEG pixels of photometric interpretation {layout.Photometric} aren't supported; RGB, YBR_FULL and YBR_FULL_422 are.");
        bool turn = layout.Photometric == "RGB" && header.AdobeTransform is 1;
        return header.WithAdobe(jpeg, transform: (byte)(turn ? 1 : 0));
    }

    private static byte[] Joined(IReadOnlyList<ReadOnlyMemory<byte>> fragments)
    {
        byte[] joined = new byte[fragments.Sum(fragment => (long)fragment.Length)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> fragment in fragments)
        {
            fragment.CopyTo(joined.AsMemory(at));
            at += fragment.Length;
        }

        return joined;
    }
}
