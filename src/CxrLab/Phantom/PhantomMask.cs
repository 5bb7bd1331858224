using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>A region known exactly, [H, W].</summary>
public sealed class PhantomMask
{
    private readonly bool[] pixels;

    internal PhantomMask(int size, Func<int, bool> inside)
    {
        Size = size;
        pixels = new bool[size * size];
        (int left, int top, int right, int bottom) = (size, size, -1, -1);
        for (int i = 0; i < pixels.Length; i++)
        {
            if (!(pixels[i] = inside(i))) continue;
            Area++;
            (left, top) = (Math.Min(left, i % size), Math.Min(top, i / size));
            (right, bottom) = (Math.Max(right, i % size), Math.Max(bottom, i / size));
        }

        Box = Area == 0 ? default : new Box(left, top, right - left + 1, bottom - top + 1);
    }

    /// <summary>Rows and columns.</summary>
    public int Size { get; }

    /// <summary>Row by row, [H·W].</summary>
    public ReadOnlySpan<bool> Pixels => pixels;

    /// <summary>Number of pixels inside.</summary>
    public int Area { get; }

    /// <summary>The smallest box that holds all pixels inside; empty for an empty mask.</summary>
    public Box Box { get; }

    /// <summary>Whether the pixel at row <paramref name="y"/>, column <paramref name="x"/> is inside.</summary>
    public bool this[int y, int x] => pixels[y * Size + x];

    /// <summary>The mask as a picture [H, W] of 0 and 1.</summary>
    public GrayImage ToImage() => new(Size, Size, [.. pixels.Select(inside => inside ? 1f : 0f)]);
}
