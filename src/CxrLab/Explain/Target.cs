namespace CxrLab.Explain;

/// <summary>What a map is to explain: one finding of one image of a batch.</summary>
/// <param name="Image">Row of the batch, from 0.</param>
/// <param name="Finding">One of the model's labels.</param>
public readonly record struct Target(int Image, string Finding)
{
    /// <summary>Several findings of every image, image by image: all from one forward pass.</summary>
    /// <param name="images">Images in the batch.</param>
    /// <param name="findings">Such as all labels of a model.</param>
    public static IReadOnlyList<Target> Each(int images, IEnumerable<string> findings) =>
        [.. Enumerable.Range(0, images).SelectMany(image => findings.Select(finding => new Target(image, finding)))];

    /// <summary>One finding for each image, in the batch's order.</summary>
    public static IReadOnlyList<Target> PerImage(params IEnumerable<string> findings) => [.. findings.Select((finding, image) => new Target(image, finding))];
}
