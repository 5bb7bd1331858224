namespace CxrLab.Phantom;

/// <summary>A round spot of soft tissue in the lung, 8–28 mm across.</summary>
internal sealed class NoduleFinding : IPlantedFinding
{
    public string Name => Finding.Nodule;

    public double Prevalence => 0.09;

    public Loading Loading => new(0, 0);

    public float[] Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        (float x, float y) = LungSite.Draw(scene, random);
        float radius = lesion.Grow(4.5f, 13f), oval = 0.85f + 0.3f * random.NextSingle(), turn = 3 * random.NextSingle();
        return RoundOpacity.Add(scene, x, y, radius, oval, turn, lobes: 0.05f, depth: (float)lesion.Contrast * (1.5f * radius + 7), random.Next());
    }
}
