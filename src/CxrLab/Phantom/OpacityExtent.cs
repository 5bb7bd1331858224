namespace CxrLab.Phantom;

/// <summary>
/// Measures lung opacities as readers score them for COVID-19: how much of each lung's field they cover and how dense they are there
/// (Wong et al., Sci Rep 2021). Made before findings are planted, read afterwards.
/// </summary>
internal sealed class OpacityExtent
{
    private readonly Scene scene;
    private readonly float[] right, left, cover;

    public OpacityExtent(Scene scene)
    {
        this.scene = scene;
        (right, left, cover) = ([.. scene.RightDepth], [.. scene.LeftDepth], new float[scene.Attenuation.Length]);
    }

    /// <summary>0–8.</summary>
    public int Geographic => Score(-1).Extent + Score(1).Extent;

    /// <summary>0–8.</summary>
    public int Opacity => Score(-1).Density + Score(1).Density;

    /// <summary>Adds an opacity.</summary>
    public void Cover(float[] coverage)
    {
        for (int i = 0; i < cover.Length; i++) cover[i] = Math.Max(cover[i], coverage[i]);
    }

    /// <summary>A lung's field as a reader draws it: disease included, heart and diaphragm left out.</summary>
    public PhantomMask LungMask(int side) => new(scene.Field.Size, i => Before(side)[i] > 0 && !scene.Covered[i] && scene.BodyDepth[i] > 0);

    private float[] Before(int side) => side < 0 ? right : left;

    private (int Extent, int Density) Score(int side)
    {
        float[] before = Before(side), after = scene.LungDepth(side);
        int field = 0, covered = 0;
        double replaced = 0;
        for (int i = 0; i < cover.Length; i++)
        {
            if (before[i] <= 0 || scene.Covered[i]) continue;
            field++;
            if (cover[i] < 0.5f || before[i] - after[i] < 0.02f * before[i]) continue;
            covered++;
            replaced += 1 - after[i] / before[i];
        }

        if (covered == 0) return (0, 0);
        double share = (double)covered / field, density = replaced / covered;
        return (share < 0.25 ? 1 : share < 0.5 ? 2 : share < 0.75 ? 3 : 4, density < 0.15 ? 1 : density < 0.3 ? 2 : density < 0.5 ? 3 : 4);
    }
}
