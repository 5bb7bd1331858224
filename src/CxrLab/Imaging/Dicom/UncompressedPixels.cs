using System.Buffers.Binary;

namespace CxrLab.Imaging.Dicom;

/// <summary>Takes the samples of one frame out of uncompressed pixel data.</summary>
internal static class UncompressedPixels
{
    /// <summary>[H, W, samples], pixel by pixel whatever the file's order.</summary>
    /// <exception cref="ImageFormatException">There are fewer bytes than the header promises, or a 32-bit value is above 2^31 - 1.</exception>
    internal static int[] Frame(DicomDataSet data, PixelLayout layout, ReadOnlySpan<byte> pixels, int frame, out long spilt)
    {
        long bits = layout.IsHalved ? layout.SamplesPerFrame / 3 * 2 * 8 : layout.SamplesPerFrame * layout.BitsAllocated;
        // Frames of one-bit pixels follow each other without filling up their last byte.
        Int128 needed = ((Int128)bits * layout.Frames + 7) / 8;
        if (pixels.Length < needed)
            throw data.Error($"the header promises {layout.Columns} × {layout.Rows} pixels of {layout.BitsAllocated} bits × {layout.Samples} samples × {layout.Frames} frames = {needed} bytes; there are {pixels.Length}. The file is cut off or its header is wrong.");
        spilt = 0;
        if (layout.BitsAllocated == 1) return OneBit(layout, pixels, bits * frame);
        ReadOnlySpan<byte> own = pixels.Slice((int)(bits / 8 * frame), (int)(bits / 8));
        if (layout.IsHalved) return Doubled(layout, own);
        int[] values = Values(data, layout, own, ref spilt);
        return layout.Planar ? Interleaved(layout, values) : values;
    }

    private static int[] Values(DicomDataSet data, PixelLayout layout, ReadOnlySpan<byte> bytes, ref long spilt)
    {
        var values = new int[layout.SamplesPerFrame];
        int size = layout.BitsAllocated / 8;
        uint mask = (uint)(((1UL << layout.BitsStored) - 1) << (layout.HighBit + 1 - layout.BitsStored));
        for (int i = 0; i < values.Length; i++)
        {
            uint word = size switch
            {
                1 => bytes[i],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]),
            };
            // The value is in the bits from HighBit downwards; what stands in the others (overlays of old files) isn't part of it.
            uint stored = word << (31 - layout.HighBit);
            values[i] = layout.Signed ? (int)stored >> (32 - layout.BitsStored) : (int)(stored >> (32 - layout.BitsStored));
            if (!layout.Signed && values[i] < 0) throw data.Error($"pixel {i} is {(uint)values[i]}; values above {int.MaxValue} aren't supported.");
            // A negative number's sign may fill the unused bits; anything else in them has spilt.
            if ((word & ~mask) != 0 && !(layout.Signed && values[i] < 0)) spilt++;
        }

        return values;
    }

    private static int[] OneBit(PixelLayout layout, ReadOnlySpan<byte> bytes, long first)
    {
        var values = new int[layout.SamplesPerFrame];
        for (int i = 0; i < values.Length; i++)
        {
            long bit = first + i;
            values[i] = (bytes[(int)(bit / 8)] >> (int)(bit % 8)) & 1;
        }

        return values;
    }

    // Y1 Y2 B R → Y1 B R, Y2 B R (PS3.3 C.7.6.3.1.2)
    private static int[] Doubled(PixelLayout layout, ReadOnlySpan<byte> bytes)
    {
        var values = new int[layout.SamplesPerFrame];
        for (int pair = 0; pair < values.Length / 6; pair++)
        {
            ReadOnlySpan<byte> four = bytes.Slice(4 * pair, 4);
            for (int half = 0; half < 2; half++)
            {
                int at = 6 * pair + 3 * half;
                (values[at], values[at + 1], values[at + 2]) = (four[half], four[2], four[3]);
            }
        }

        return values;
    }

    private static int[] Interleaved(PixelLayout layout, int[] planes)
    {
        var values = new int[planes.Length];
        int area = planes.Length / layout.Samples;
        for (int sample = 0; sample < layout.Samples; sample++)
            for (int i = 0; i < area; i++) values[i * layout.Samples + sample] = planes[sample * area + i];
        return values;
    }
}
