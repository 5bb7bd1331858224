namespace CxrLab.Phantom;

/// <summary>A finding made of <see cref="Blob"/>s, which can be cast from any side and cut into slices.</summary>
internal abstract class BlobFinding : IPlantedFinding
{
    public abstract string Name { get; }

    public abstract double Prevalence { get; }

    public abstract Loading Loading { get; }

    public virtual bool IsOpacity => true;

    /// <summary>The blobs in a chest; the same lesion gives the same ones whatever the view.</summary>
    public abstract IEnumerable<Blob> Blobs(Chest chest, Lesion lesion);

    public virtual Anatomy Alter(Anatomy anatomy, Lesion lesion) => anatomy;

    public Planted Plant(Scene scene, Lesion lesion)
    {
        float[] coverage = new float[scene.Attenuation.Length];
        Blob[] blobs = [.. Blobs(scene.Chest, lesion)];
        foreach (Blob blob in blobs) blob.Cast(scene, coverage);
        Finish(scene, lesion, blobs, coverage);
        int[] sides = [.. blobs.Select(blob => blob.Side).Distinct()];
        return new(coverage, sides.Length > 1 ? BodySide.Both : Lesion.Name(sides[0]));
    }

    /// <summary>Draws what blobs can't.</summary>
    protected virtual void Finish(Scene scene, Lesion lesion, Blob[] blobs, float[] coverage)
    {
    }

    /// <summary>A place that a reader can see from the front: not behind heart, hilum or dome.</summary>
    protected static (int Side, float X, float Y, float Z) OpenSite(Chest chest, Random random)
    {
        int side = Lesion.Side(random);
        float across = 0.40f + 0.42f * random.NextSingle(), down = 0.2f + 0.62f * random.NextSingle(), back = 0.25f + 0.5f * random.NextSingle();
        // The heart takes the inner half of the left base.
        if (side > 0 && down > 0.5f) across = 0.66f + 0.4f * (across - 0.40f);
        (float x, float y, float z) = chest.Lung(side).At(across, down, back);
        return (side, x, y, z);
    }
}
