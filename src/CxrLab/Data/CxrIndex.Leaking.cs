namespace CxrLab.Data;

public sealed partial class CxrIndex
{
    /// <summary>
    /// A seeded split by <em>image</em>, which puts images of one patient into both parts: the mistake that ChestX-ray8's own split
    /// made. For demonstrations only; use <see cref="SplitByPatient"/> for everything else.
    /// </summary>
    /// <param name="seed">Same seed and images, same split.</param>
    /// <param name="test">Share of images, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The share isn't between 0 and 1.</exception>
    public LeakySplit LeakyImageSplit(int seed, double test = 0.2)
    {
        if (test is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(test), $"The test part must be a share between 0 and 1; got {test}.");
        (string, string)[] images = [.. Records.Select(record => (record.Source, record.ImageId)).Order()];
        CxrLab.Seed.Random(seed, images.Length).Shuffle(images);
        var tested = images.Take((int)Math.Round(test * images.Length)).ToHashSet();
        string name = $"leaky-image:{seed}";
        return new(name,
            Where(record => !tested.Contains((record.Source, record.ImageId)), $"train part of {name}"),
            Where(record => tested.Contains((record.Source, record.ImageId)), $"test part of {name}"));
    }
}
