namespace CxrLab.Data;

/// <summary>Two images that are the same picture.</summary>
/// <param name="First">Position of one, in the order of adding.</param>
/// <param name="Second">Position of the other.</param>
/// <param name="Exact">Whether all pixels are equal; otherwise they look alike.</param>
/// <param name="Distance">Bits of the look that differ.</param>
public sealed record Duplicate(int First, int Second, bool Exact, int Distance);

/// <summary>
/// Finds copies: exact ones by their pixels, and resized, recompressed or brightened ones by their look. A pair that looks alike is
/// a candidate for a human eye, not a proof: two pictures of one patient may be as near as that.
/// </summary>
/// <param name="hashes">One per image.</param>
/// <param name="threshold">Bits of 256 that may differ; at most 63, so that the search below misses nothing.</param>
public sealed class DuplicateFinder(IReadOnlyList<ImageHash> hashes, int threshold = DuplicateFinder.DefaultThreshold)
{
    /// <summary>
    /// Default of the threshold: on NIH radiographs, copies (resized, JPEG at quality 60, darker) differed by at most 5 bits, and the
    /// nearest different patients by 22.
    /// </summary>
    public const int DefaultThreshold = 16;

    private const int Pieces = 32; // of 8 bits each

    /// <summary>All pairs, exact ones first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The threshold isn't between 0 and 63.</exception>
    public IReadOnlyList<Duplicate> Find()
    {
        if (threshold is < 0 or > 63) throw new ArgumentOutOfRangeException(nameof(threshold), $"The threshold must be 0 to 63 bits of 256; got {threshold}.");
        // Pigeonhole: pairs that differ in at most 63 of 256 bits differ by at most one bit in one of 32 pieces of 8 bits at least.
        var buckets = new Dictionary<int, List<int>>();
        var found = new List<Duplicate>();
        for (int i = 0; i < hashes.Count; i++)
        {
            var near = new HashSet<int>();
            for (int piece = 0; piece < Pieces; piece++)
            {
                int bits = Piece(hashes[i], piece);
                Collect(buckets, piece, bits, near);
                // Below 32 bits one piece is equal, and its neighbours needn't be searched.
                if (threshold >= Pieces) for (int bit = 0; bit < 8; bit++) Collect(buckets, piece, bits ^ 1 << bit, near);
            }

            foreach (int j in near)
            {
                int distance = hashes[i].Distance(hashes[j]);
                if (distance <= threshold) found.Add(new(j, i, hashes[i].Exact == hashes[j].Exact, distance));
            }

            for (int piece = 0; piece < Pieces; piece++)
            {
                int key = piece << 8 | Piece(hashes[i], piece);
                if (!buckets.TryGetValue(key, out List<int>? bucket)) buckets[key] = bucket = [];
                bucket.Add(i);
            }
        }

        return [.. found.OrderByDescending(pair => pair.Exact).ThenBy(pair => pair.Distance).ThenBy(pair => pair.First).ThenBy(pair => pair.Second)];
    }

    private static int Piece(ImageHash hash, int piece) => (int)(hash.Look[piece / 8] >> (piece % 8 * 8) & 0xff);

    private static void Collect(Dictionary<int, List<int>> buckets, int piece, int bits, HashSet<int> near)
    {
        if (buckets.TryGetValue(piece << 8 | bits, out List<int>? bucket)) near.UnionWith(bucket);
    }
}
