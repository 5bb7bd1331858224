using System.Collections.Concurrent;
using CxrLab.Imaging;

namespace CxrLab.Data;

/// <summary>Keeps resized images up to a bound; beyond it images are simply read again.</summary>
internal sealed class ImageCache(long bytes)
{
    private readonly ConcurrentDictionary<int, GrayImage> images = new();
    private long free = bytes;

    internal GrayImage Get(int position, Func<GrayImage> read)
    {
        if (images.TryGetValue(position, out GrayImage? known)) return known;
        GrayImage image = read();
        long size = (long)image.Height * image.Width * sizeof(float);
        if (Interlocked.Add(ref free, -size) < 0 || !images.TryAdd(position, image)) Interlocked.Add(ref free, size);
        return image;
    }
}
