namespace CxrLab.Tests.Data.Fixtures;

/// <summary>
/// CheXpert-v1.0-small in miniature: labels 1.0, 0.0, -1.0 and blank, No Finding never 0, laterals without AP/PA, Frontal beside LL and RL,
/// age 0, sex Unknown; a gzipped valid table without blanks.
/// </summary>
internal static class CheXpertTree
{
    internal const string Folder = "CheXpert-v1.0-small";

    internal const string Header = "Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,Fracture,Support Devices";

    internal static Tree Write()
    {
        var tree = new Tree();
        tree.Text($"{Folder}/train.csv", Header,
            $"{Folder}/train/patient00001/study1/view1_frontal.jpg,Female,68,Frontal,AP,1.0,,,,,,,,,0.0,,,,1.0",
            $"{Folder}/train/patient00002/study2/view1_frontal.jpg,Female,87,Frontal,PA,,,-1.0,1.0,,-1.0,-1.0,,-1.0,,-1.0,,1.0,",
            $"{Folder}/train/patient00002/study2/view2_lateral.jpg,Female,87,Lateral,,,,-1.0,1.0,,-1.0,-1.0,,-1.0,,-1.0,,1.0,",
            $"{Folder}/train/patient00002/study1/view1_frontal.jpg,Female,83,Frontal,LL,,,,1.0,,,-1.0,,,,,,1.0,",
            $"{Folder}/train/patient00003/study1/view1_frontal.jpg,Male,0,Frontal,RL,,,,,,1.0,,,,0.0,,,,",
            $"{Folder}/train/patient00004/study1/view1_frontal.jpg,Unknown,40,Frontal,AP,,,,,1.0,,,,,,,,,");
        tree.Text($"{Folder}/valid.csv.gz", Header,
            $"{Folder}/valid/patient64541/study1/view1_frontal.jpg,Male,73,Frontal,AP,0.0,1.0,1.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0");
        foreach (string image in new[] { "train/patient00001/study1/view1_frontal", "train/patient00002/study2/view1_frontal", "train/patient00002/study2/view2_lateral", "valid/patient64541/study1/view1_frontal" })
            tree.Jpeg($"{Folder}/{image}.jpg");
        return tree;
    }
}
